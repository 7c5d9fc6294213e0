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
 <renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0">
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,255" />
      <Option name="line_width" type="QString" value="1.6" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="43,43,43,255" />
      <Option name="line_width" type="QString" value="0.8" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="field" type="QString" value="colour" />
         <Option name="type" type="int" value="2" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="MarkerLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="interval" type="QString" value="5" />
      <Option name="interval_unit" type="QString" value="MM" />
      <Option name="placement" type="QString" value="interval" />
      <Option name="rotate" type="QString" value="1" />
      <Option name="offset" type="QString" value="-1.1" />
      <Option name="offset_unit" type="QString" value="MM" />
     </Option>
     <symbol name="@0@2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="triangle" />
        <Option name="color" type="QString" value="43,43,43,255" />
        <Option name="size" type="QString" value="2.4" />
        <Option name="size_unit" type="QString" value="MM" />
        <Option name="outline_color" type="QString" value="255,255,255,255" />
        <Option name="outline_style" type="QString" value="solid" />
        <Option name="outline_width" type="QString" value="0.25" />
        <Option name="outline_width_unit" type="QString" value="MM" />
        <Option name="scale_method" type="QString" value="diameter" />
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
    </layer>
   </symbol>
  </symbols>
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
  <field name="actor_name" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="target_name" configurationFlags="None">
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
 </fieldConfiguration>
 <aliases>
  <alias field="name" name="Place" />
  <alias field="part" name="Part" />
  <alias field="actor_name" name="Side" />
  <alias field="target_name" name="Against" />
  <alias field="start" name="Since" />
  <alias field="end" name="Until (not included)" />
  <alias field="confidence" name="Confidence" />
  <alias field="newest_claim" name="Newest claim" />
 </aliases>
 <editorlayout>tablayout</editorlayout>
 <attributeEditorForm>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="What is known">
   <attributeEditorField name="name" index="-1" showLabel="1" />
   <attributeEditorField name="part" index="-1" showLabel="1" />
   <attributeEditorField name="actor_name" index="-1" showLabel="1" />
   <attributeEditorField name="target_name" index="-1" showLabel="1" />
   <attributeEditorField name="start" index="-1" showLabel="1" />
   <attributeEditorField name="end" index="-1" showLabel="1" />
   <attributeEditorField name="confidence" index="-1" showLabel="1" />
   <attributeEditorField name="newest_claim" index="-1" showLabel="1" />
  </attributeEditorContainer>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="Claims">
   <attributeEditorRelation name="siege_evidence" relation="siege_evidence" label="Sentences it rests on" showLabel="1" nmRelationId="" relationWidgetTypeId="relation_editor">
    <editor_configuration>
     <Option type="Map">
      <Option name="buttons" type="QString" value="NoButton" />
      <Option name="show_first_feature" type="bool" value="true" />
     </Option>
    </editor_configuration>
   </attributeEditorRelation>
  </attributeEditorContainer>
 </attributeEditorForm>
 <mapTip>&lt;b&gt;[% replace(coalesce("name" || coalesce(' (' || "part" || ')', ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% replace(coalesce('besieged by ' || coalesce("actor_name", 'a side not named') || coalesce(', against ' || "target_name", ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce(coalesce('since ' || format_date("start", 'yyyy-MM-dd'), 'start not known') || ', ' || coalesce('until ' || format_date("end", 'yyyy-MM-dd'), 'still so'), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce('confidence ' || format_number("confidence", 2), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;hr&gt;[% relation_aggregate('siege_evidence', 'concatenate', "stance" || ': ' || replace(coalesce('“' || "quote" || '” ' || coalesce("source", '') || coalesce(', ' || format_date("published", 'yyyy-MM-dd'), ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')), '&lt;br&gt;') %]</mapTip>
 <previewExpression>"name"</previewExpression>
</qgis>
