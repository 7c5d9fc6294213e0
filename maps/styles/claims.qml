<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="0" hasScaleBasedVisibilityFlag="1" minScale="3000000" maxScale="0">
 <temporal enabled="1" mode="1" limitMode="0" startField="published" endField="" fixedDuration="7" durationUnit="d" durationField="" accumulate="0" startExpression="" endExpression="">
  <fixedRange>
   <start />
   <end />
  </fixedRange>
 </temporal>
 <renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0">
  <symbols>
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="diamond" />
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="size" type="QString" value="2.2" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.25" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="scale_method" type="QString" value="diameter" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <fieldConfiguration>
  <field name="quote" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="source" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="published" configurationFlags="None">
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
  <field name="url" configurationFlags="None">
   <editWidget type="ExternalResource">
    <config>
     <Option type="Map">
      <Option name="UseLink" type="bool" value="true" />
      <Option name="FullUrl" type="bool" value="true" />
      <Option name="FileWidget" type="bool" value="true" />
      <Option name="FileWidgetButton" type="bool" value="false" />
      <Option name="StorageMode" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="kind" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="actor" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="valid_time" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
      <Option name="UseHtml" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="quote" name="Quote" />
  <alias field="source" name="Source" />
  <alias field="published" name="Published" />
  <alias field="url" name="Link" />
  <alias field="kind" name="Kind" />
  <alias field="actor" name="Actor" />
  <alias field="valid_time" name="When (EDTF)" />
 </aliases>
 <editorlayout>tablayout</editorlayout>
 <attributeEditorForm>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="What it says">
   <attributeEditorField name="quote" index="-1" showLabel="1" />
   <attributeEditorField name="source" index="-1" showLabel="1" />
   <attributeEditorField name="published" index="-1" showLabel="1" />
   <attributeEditorField name="url" index="-1" showLabel="1" />
   <attributeEditorField name="kind" index="-1" showLabel="1" />
   <attributeEditorField name="actor" index="-1" showLabel="1" />
   <attributeEditorField name="valid_time" index="-1" showLabel="1" />
  </attributeEditorContainer>
 </attributeEditorForm>
 <mapTip>&lt;b&gt;[% replace(coalesce("name" || coalesce(' (' || "part" || ')', ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% replace(coalesce('“' || "quote" || '” ' || coalesce("source", '') || coalesce(', ' || format_date("published", 'yyyy-MM-dd'), ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]</mapTip>
 <previewExpression>"name"</previewExpression>
</qgis>
