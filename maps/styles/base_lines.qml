<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="0" hasScaleBasedVisibilityFlag="0">
 <temporal enabled="0" mode="0" limitMode="0" startField="" endField="" fixedDuration="0" durationUnit="d" durationField="" accumulate="0" startExpression="" endExpression="">
  <fixedRange>
   <start />
   <end />
  </fixedRange>
 </temporal>
 <renderer-v2 type="categorizedSymbol" attr="kind" forceraster="0" symbollevels="0" enableorderby="0">
  <categories>
   <category value="admin1" label="Province" symbol="0" render="true" type="string" />
   <category value="river" label="River" symbol="1" render="true" type="string" />
   <category value="border" label="Border" symbol="2" render="true" type="string" />
  </categories>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="207,200,184,255" />
      <Option name="line_width" type="QString" value="0.2" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="line_style" type="QString" value="dot" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="127,178,212,255" />
      <Option name="line_width" type="QString" value="0.5" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="2" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="line_color" type="QString" value="138,131,116,255" />
      <Option name="line_width" type="QString" value="0.4" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="line_style" type="QString" value="dash dot" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="joinstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip />
 <previewExpression>"name"</previewExpression>
</qgis>
