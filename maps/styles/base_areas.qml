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
   <category value="land" label="Land" symbol="0" render="true" type="string" />
   <category value="water" label="Water" symbol="1" render="true" type="string" />
  </categories>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="246,243,236,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="201,195,180,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="207,227,240,255" />
      <Option name="style" type="QString" value="solid" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="outline_color" type="QString" value="159,196,220,255" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.2" />
      <Option name="outline_width_unit" type="QString" value="MM" />
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
