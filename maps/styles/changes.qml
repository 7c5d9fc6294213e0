<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="0" hasScaleBasedVisibilityFlag="1" minScale="8000000" maxScale="0">
 <temporal enabled="1" mode="1" limitMode="0" startField="changed_on" endField="" fixedDuration="7" durationUnit="d" durationField="" accumulate="0" startExpression="" endExpression="">
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
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="255,255,255,0" />
      <Option name="size" type="QString" value="5.0" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.8" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="scale_method" type="QString" value="diameter" />
     </Option>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="255,255,255,0" />
      <Option name="size" type="QString" value="5.0" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,90,0,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="1.0" />
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
  <field name="changed_on" configurationFlags="None">
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
  <field name="what" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
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
  <alias field="changed_on" name="Changed on" />
  <alias field="what" name="What changed" />
  <alias field="confidence" name="Confidence" />
  <alias field="reason" name="Why" />
 </aliases>
 <editorlayout>tablayout</editorlayout>
 <attributeEditorForm>
  <attributeEditorContainer columnCount="1" groupBox="0" showLabel="1" visibilityExpressionEnabled="0" name="What is known">
   <attributeEditorField name="name" index="-1" showLabel="1" />
   <attributeEditorField name="part" index="-1" showLabel="1" />
   <attributeEditorField name="changed_on" index="-1" showLabel="1" />
   <attributeEditorField name="what" index="-1" showLabel="1" />
   <attributeEditorField name="confidence" index="-1" showLabel="1" />
   <attributeEditorField name="reason" index="-1" showLabel="1" />
  </attributeEditorContainer>
 </attributeEditorForm>
 <mapTip>&lt;b&gt;[% replace(coalesce("name" || coalesce(' (' || "part" || ')', ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% replace(coalesce(format_date("changed_on", 'yyyy-MM-dd'), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce("what", ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce("reason", ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]</mapTip>
 <previewExpression>"label"</previewExpression>
</qgis>
