<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="AllStyleCategories" labelsEnabled="1" hasScaleBasedVisibilityFlag="0">
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
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
   <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="semi_circle" />
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
         <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="semi_circle" />
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
         <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="158,158,158,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="semi_circle" />
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
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
         <Option name="expression" type="QString" value="coalesce(&quot;colour_2&quot;, '#ffffff')" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="4" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="255,255,255,255" />
      <Option name="size" type="QString" value="2.6" />
      <Option name="size_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="dash" />
      <Option name="outline_width" type="QString" value="0.25" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="scale_method" type="QString" value="diameter" />
     </Option>
    </layer>
   </symbol>
  </symbols>
  <orderby>
   <orderByClause asc="1" nullsFirst="1">coalesce("confidence", 0) - coalesce("area_km2", 0)</orderByClause>
  </orderby>
 </renderer-v2>
 <labeling type="rule-based">
  <rules key="{places}">
   <rule key="{places-0}" description="Seats of provinces, from afar" filter="(&quot;feature&quot; IN ('PPLC', 'PPLA')) AND &quot;label_rank&quot; = 0 AND coalesce(&quot;feature&quot;, '') &lt;&gt; 'PPLX'" scalemindenom="1000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;name&quot;" isExpression="1" fontSize="9.5" fontSizeUnit="Point" fontWeight="75" fontItalic="0" namedStyle="" fontFamily="Sans Serif" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="10" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-1}" description="Disputed, from afar" filter="(&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;) AND NOT coalesce((&quot;feature&quot; IN ('PPLC', 'PPLA')), false) AND &quot;label_rank&quot; = 0 AND coalesce(&quot;feature&quot;, '') &lt;&gt; 'PPLX'" scalemindenom="1000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;name&quot;" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="75" fontItalic="0" namedStyle="" fontFamily="Sans Serif" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="8" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-2}" description="Towns, from afar" filter="NOT (&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;) AND (&quot;feature&quot; LIKE 'PPL%' OR &quot;feature&quot; LIKE 'ADM%' OR &quot;feature&quot; IS NULL) AND NOT coalesce((&quot;feature&quot; IN ('PPLC', 'PPLA')), false) AND &quot;label_rank&quot; = 0 AND coalesce(&quot;feature&quot;, '') &lt;&gt; 'PPLX'" scalemindenom="1000000" scalemaxdenom="8000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;name&quot;" isExpression="1" fontSize="8.5" fontSizeUnit="Point" fontWeight="50" fontItalic="0" namedStyle="" fontFamily="Sans Serif" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="7" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-3}" description="Bases, airfields and other sites, from afar" filter="NOT (&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;) AND NOT (&quot;feature&quot; LIKE 'PPL%' OR &quot;feature&quot; LIKE 'ADM%' OR &quot;feature&quot; IS NULL) AND &quot;label_rank&quot; = 0" scalemindenom="1000000" scalemaxdenom="3000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;name&quot;" isExpression="1" fontSize="7.5" fontSizeUnit="Point" fontWeight="50" fontItalic="1" namedStyle="" fontFamily="Sans Serif" textColor="74,74,74,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="3" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-4}" description="Disputed, close" filter="(&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;)" scalemaxdenom="1000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;label&quot;" isExpression="1" fontSize="10" fontSizeUnit="Point" fontWeight="75" fontItalic="0" namedStyle="" fontFamily="Sans Serif" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="9" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-5}" description="Towns, close" filter="NOT (&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;) AND (&quot;feature&quot; LIKE 'PPL%' OR &quot;feature&quot; LIKE 'ADM%' OR &quot;feature&quot; IS NULL)" scalemaxdenom="1000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;label&quot;" isExpression="1" fontSize="9.5" fontSizeUnit="Point" fontWeight="50" fontItalic="0" namedStyle="" fontFamily="Sans Serif" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="7" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
   <rule key="{places-6}" description="Bases, airfields and other sites, close" filter="NOT (&quot;status&quot; &lt;&gt; 'held' OR &quot;besieged&quot;) AND NOT (&quot;feature&quot; LIKE 'PPL%' OR &quot;feature&quot; LIKE 'ADM%' OR &quot;feature&quot; IS NULL)" scalemaxdenom="1000000">
    <settings calloutType="simple">
     <text-style fieldName="&quot;label&quot;" isExpression="1" fontSize="8.5" fontSizeUnit="Point" fontWeight="50" fontItalic="1" namedStyle="" fontFamily="Sans Serif" textColor="74,74,74,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128" />
     </text-style>
     <placement placement="6" dist="1" distUnits="MM" offsetType="1" priority="3" placementFlags="10" />
     <rendering drawLabels="1" obstacle="1" obstacleFactor="1" displayAll="0" />
    </settings>
   </rule>
  </rules>
 </labeling>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <mapTip>&lt;b&gt;[% replace(coalesce("name" || coalesce(' (' || "part" || ')', ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;/b&gt;&lt;br&gt;[% replace(coalesce(replace("status", '_', ' ') || coalesce(': ' || "holder_name", '') || if("besieged", ', besieged' || coalesce(' by ' || "besieged_by", ''), ''), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce(coalesce('since ' || format_date("start", 'yyyy-MM-dd'), 'start not known') || ', ' || coalesce('until ' || format_date("end", 'yyyy-MM-dd'), 'still so'), ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]&lt;br&gt;[% replace(coalesce('confidence ' || format_number("confidence", 2) || ', reports: ' || "n_reports" || ', sources: ' || "n_sources", ''), map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;', '&gt;', '&amp;gt;')) %]</mapTip>
 <previewExpression>"label"</previewExpression>
</qgis>
