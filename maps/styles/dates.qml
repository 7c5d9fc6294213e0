<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="0" hasScaleBasedVisibilityFlag="0">
 <temporal enabled="0" mode="0" limitMode="0" startField="" endField="" fixedDuration="0" durationUnit="d" durationField="" accumulate="0" startExpression="" endExpression="">
  <fixedRange>
   <start />
   <end />
  </fixedRange>
 </temporal>
 <renderer-v2 type="nullSymbol" />
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip />
 <previewExpression>"label"</previewExpression>
</qgis>
