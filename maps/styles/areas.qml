<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="0" hasScaleBasedVisibilityFlag="0">
 <expressionfields>
  <field name="frame_start" type="16" typeName="datetime" expression="make_datetime(year(&quot;start&quot;), month(&quot;start&quot;), day(&quot;start&quot;), 0, 0, 0)" length="-1" precision="0" comment="" subType="0" />
  <field name="frame_end" type="16" typeName="datetime" expression="make_datetime(year(&quot;end&quot;), month(&quot;end&quot;), day(&quot;end&quot;), 0, 0, 0)" length="-1" precision="0" comment="" subType="0" />
 </expressionfields>
 <temporal enabled="1" mode="2" limitMode="0" startField="frame_start" endField="frame_end" fixedDuration="0" durationUnit="d" durationField="" accumulate="0" startExpression="" endExpression="">
  <fixedRange>
   <start />
   <end />
  </fixedRange>
 </temporal>
 <renderer-v2 type="categorizedSymbol" attr="status" forceraster="0" symbollevels="0" enableorderby="1">
  <categories>
   <category value="held" label="Held by one side" symbol="0" render="true" type="string" />
   <category value="contested" label="Contested" symbol="1" render="true" type="string" />
   <category value="shared" label="Shared" symbol="2" render="true" type="string" />
   <category value="one_of" label="One of" symbol="3" render="true" type="string" />
   <category value="unknown" label="Holder unknown" symbol="4" render="true" type="string" />
  </categories>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" type="Map">
       <Option name="alpha" type="Map">
        <Option name="active" type="bool" value="true" />
        <Option name="expression" type="QString" value="40 + 45 * coalesce(&quot;confidence&quot;, 0.5)" />
        <Option name="type" type="int" value="3" />
       </Option>
      </Option>
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="field" type="QString" value="colour" />
         <Option name="type" type="int" value="2" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" type="Map">
       <Option name="alpha" type="Map">
        <Option name="active" type="bool" value="true" />
        <Option name="expression" type="QString" value="40 + 45 * coalesce(&quot;confidence&quot;, 0.5)" />
        <Option name="type" type="int" value="3" />
       </Option>
      </Option>
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="field" type="QString" value="colour" />
         <Option name="type" type="int" value="2" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="distance" type="QString" value="4.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0.0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="2.2" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="color" type="QString" value="255,255,255,255" />
     </Option>
     <symbol name="@1@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="255,255,255,255" />
        <Option name="line_width" type="QString" value="2.2" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="capstyle" type="QString" value="flat" />
        <Option name="joinstyle" type="QString" value="round" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" type="Map">
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true" />
           <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
           <Option name="type" type="int" value="3" />
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" type="Map">
       <Option name="alpha" type="Map">
        <Option name="active" type="bool" value="true" />
        <Option name="expression" type="QString" value="40 + 45 * coalesce(&quot;confidence&quot;, 0.5)" />
        <Option name="type" type="int" value="3" />
       </Option>
      </Option>
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="field" type="QString" value="colour" />
         <Option name="type" type="int" value="2" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="0" />
      <Option name="distance" type="QString" value="4.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0.0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="2.2" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="color" type="QString" value="255,255,255,255" />
     </Option>
     <symbol name="@2@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="255,255,255,255" />
        <Option name="line_width" type="QString" value="2.2" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="capstyle" type="QString" value="flat" />
        <Option name="joinstyle" type="QString" value="round" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" type="Map">
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true" />
           <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
           <Option name="type" type="int" value="3" />
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" type="Map">
       <Option name="alpha" type="Map">
        <Option name="active" type="bool" value="true" />
        <Option name="expression" type="QString" value="40 + 45 * coalesce(&quot;confidence&quot;, 0.5)" />
        <Option name="type" type="int" value="3" />
       </Option>
      </Option>
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="fillColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="field" type="QString" value="colour" />
         <Option name="type" type="int" value="2" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="90" />
      <Option name="distance" type="QString" value="4.4" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0.0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="2.2" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="color" type="QString" value="255,255,255,255" />
     </Option>
     <symbol name="@3@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="255,255,255,255" />
        <Option name="line_width" type="QString" value="2.2" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="capstyle" type="QString" value="flat" />
        <Option name="joinstyle" type="QString" value="round" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" type="Map">
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true" />
           <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
           <Option name="type" type="int" value="3" />
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" type="Map">
       <Option name="alpha" type="Map">
        <Option name="active" type="bool" value="true" />
        <Option name="expression" type="QString" value="40 + 45 * coalesce(&quot;confidence&quot;, 0.5)" />
        <Option name="type" type="int" value="3" />
       </Option>
      </Option>
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="228,228,228,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="107,107,107,255" />
      <Option name="outline_style" type="QString" value="dash" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
    </layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="135" />
      <Option name="distance" type="QString" value="2.0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0.0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0.3" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="color" type="QString" value="189,189,189,255" />
     </Option>
     <symbol name="@4@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="line_color" type="QString" value="189,189,189,255" />
        <Option name="line_width" type="QString" value="0.3" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="capstyle" type="QString" value="flat" />
        <Option name="joinstyle" type="QString" value="round" />
       </Option>
      </layer>
     </symbol>
    </layer>
   </symbol>
  </symbols>
  <orderby>
   <orderByClause asc="1" nullsFirst="1">coalesce("confidence", 0) - coalesce("area_km2", 0)</orderByClause>
  </orderby>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <fieldConfiguration>
  <field name="name" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="part" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="status" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="holder_name" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="besieged_by" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="start" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
      <Option name="field_format" type="QString" value="yyyy-MM-dd" />
      <Option name="allow_null" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="end" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
      <Option name="field_format" type="QString" value="yyyy-MM-dd" />
      <Option name="allow_null" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="known_by" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
      <Option name="field_format" type="QString" value="yyyy-MM-dd" />
      <Option name="allow_null" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="probability" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="confidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="newest_claim" configurationFlags="None">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
      <Option name="field_format" type="QString" value="yyyy-MM-dd" />
      <Option name="allow_null" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="n_reports" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="n_sources" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="area_km2" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="reason" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="name" name="Place" />
  <alias field="part" name="Part" />
  <alias field="status" name="Status" />
  <alias field="holder_name" name="Holder" />
  <alias field="besieged_by" name="Besieged by" />
  <alias field="start" name="Since" />
  <alias field="end" name="Until (not included)" />
  <alias field="known_by" name="Known by" />
  <alias field="probability" name="Probability" />
  <alias field="confidence" name="Confidence" />
  <alias field="newest_claim" name="Newest claim" />
  <alias field="n_reports" name="Reports" />
  <alias field="n_sources" name="Sources" />
  <alias field="area_km2" name="Area (km²)" />
  <alias field="reason" name="Why" />
 </aliases>
 <editorlayout>tablayout</editorlayout>
 <attributeEditorForm>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="What is known">
   <attributeEditorField name="name" index="-1" showLabel="1" />
   <attributeEditorField name="part" index="-1" showLabel="1" />
   <attributeEditorField name="status" index="-1" showLabel="1" />
   <attributeEditorField name="holder_name" index="-1" showLabel="1" />
   <attributeEditorField name="besieged_by" index="-1" showLabel="1" />
   <attributeEditorField name="start" index="-1" showLabel="1" />
   <attributeEditorField name="end" index="-1" showLabel="1" />
   <attributeEditorField name="known_by" index="-1" showLabel="1" />
   <attributeEditorField name="probability" index="-1" showLabel="1" />
   <attributeEditorField name="confidence" index="-1" showLabel="1" />
   <attributeEditorField name="newest_claim" index="-1" showLabel="1" />
   <attributeEditorField name="n_reports" index="-1" showLabel="1" />
   <attributeEditorField name="n_sources" index="-1" showLabel="1" />
   <attributeEditorField name="area_km2" index="-1" showLabel="1" />
   <attributeEditorField name="reason" index="-1" showLabel="1" />
  </attributeEditorContainer>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="Claims">
   <attributeEditorRelation name="area_evidence" relation="area_evidence" label="Sentences it rests on" showLabel="1" nmRelationId="" relationWidgetTypeId="relation_editor">
    <editor_configuration>
     <Option type="Map">
      <Option name="buttons" type="QString" value="NoButton" />
      <Option name="show_first_feature" type="bool" value="true" />
     </Option>
    </editor_configuration>
   </attributeEditorRelation>
  </attributeEditorContainer>
 </attributeEditorForm>
 <mapTip>&lt;b&gt;[% replace(coalesce("name" || coalesce(' (' || "part" || ')', ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% replace(coalesce(replace("status", '_', ' ') || coalesce(': ' || "holder_name", '') || if("besieged", ', besieged' || coalesce(' by ' || "besieged_by", ''), ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce(coalesce('since ' || format_date("start", 'yyyy-MM-dd'), 'start not known') || ', ' || coalesce('until ' || format_date("end", 'yyyy-MM-dd'), 'still so'), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce('confidence ' || format_number("confidence", 2) || ', reports: ' || "n_reports" || ', sources: ' || "n_sources", ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce("reason", ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;hr&gt;[% relation_aggregate('area_evidence', 'concatenate', "stance" || ': ' || replace(coalesce('“' || "quote" || '” ' || coalesce("source", '') || coalesce(', ' || format_date("published", 'yyyy-MM-dd'), ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')), '&lt;br&gt;') %]</mapTip>
 <previewExpression>"name"</previewExpression>
</qgis>
