#include "support/table_files.h"

#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <iconv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <fstream>
#include <stdexcept>

#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string XlsxCell(std::string_view cell, char column, std::size_t row) {
  const std::string place = std::string("<c r=\"") + column + std::to_string(row) + "\"";
  if (cell.empty()) return {};
  if (cell[0] == '#') return place + "><v>" + std::string(cell.substr(1)) + "</v></c>";
  if (cell[0] == '@') return place + " s=\"1\"><v>" + std::string(cell.substr(1)) + "</v></c>";
  if (cell[0] != '=') {
    return place + " t=\"inlineStr\"><is><t>" + Escaped(cell) + "</t></is></c>";
  }
  const std::size_t result = cell.find('#');
  const std::string formula = "><f>" + std::string(cell.substr(1, result - 1)) + "</f>";
  if (result == std::string_view::npos) return place + formula + "</c>";
  return place + formula + "<v>" + std::string(cell.substr(result + 1)) + "</v></c>";
}

std::string SheetXml(const XlsxSheet& sheet) {
  std::string xml =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    xml += "<row r=\"" + std::to_string(i + 1) + "\">";
    char column = 'A';
    for (const std::string& cell : sheet.rows[i]) xml += XlsxCell(cell, column++, i + 1);
    xml += "</row>";
  }
  xml += "</sheetData>";
  if (!sheet.merged.empty()) {
    xml += "<mergeCells count=\"1\"><mergeCell ref=\"" + sheet.merged + "\"/></mergeCells>";
  }
  return xml + "</worksheet>";
}

GDALDriver& Driver(const char* name) {
  GDALAllRegister();
  return *GetGDALDriverManager()->GetDriverByName(name);
}

OGRLayer& NewLayer(GDALDataset& dataset, const std::string& name, int epsg, char** options) {
  OGRSpatialReference reference;
  if (epsg > 0) {
    reference.importFromEPSG(epsg);
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  }
  return *dataset.CreateLayer(name.c_str(), epsg > 0 ? &reference : nullptr, wkbPoint, options);
}

// All fields are texts.
void Fill(OGRLayer& layer, const Rows& rows) {
  for (const std::string& name : rows.front()) {
    OGRFieldDefn field(name.c_str(), OFTString);
    layer.CreateField(&field);
  }
  for (std::size_t i = 1; i < rows.size(); ++i) {
    OGRFeature feature(layer.GetLayerDefn());
    for (std::size_t k = 0; k < rows[i].size(); ++k) {
      feature.SetField(static_cast<int>(k), rows[i][k].c_str());
    }
    OGRPoint point(116.1, 43.9);
    feature.SetGeometry(&point);
    if (layer.CreateFeature(&feature) != OGRERR_NONE) throw std::runtime_error("no feature");
  }
}

}  // namespace

Rows SampleRows(int count) {
  Rows rows{
      {"sample_id", "county", "use", "grade", "date", "price", "price_unit", "area_sqm", "method"}};
  for (int i = 1; i <= count; ++i) {
    rows.push_back({std::to_string(i), "000000", "residential", "1", "2024-05-06",
                    std::to_string(799 + i), "yuan_per_sqm", "1000", "listing"});
  }
  return rows;
}

void WriteZip(const fs::path& file,
              const std::vector<std::pair<std::string, std::string>>& members) {
  const std::string archive = "/vsizip/{" + file.string() + "}";
  // Kept open while members are added to it.
  VSILFILE* const whole = VSIFOpenL(archive.c_str(), "wb");
  for (const auto& [name, text] : members) {
    VSILFILE* const member = VSIFOpenL((archive + "/" + name).c_str(), "wb");
    if (member == nullptr) throw std::runtime_error("no member " + name);
    const std::string all = name.ends_with(".xml") || name.ends_with(".rels")
                                ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text
                                : text;
    VSIFWriteL(all.data(), 1, all.size(), member);
    VSIFCloseL(member);
  }
  VSIFCloseL(whole);
}

void WriteXlsx(const fs::path& file, const std::vector<XlsxSheet>& sheets,
               const XlsxOptions& options) {
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string links = "http://schemas.openxmlformats.org/package/2006/relationships";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  std::string list, relations;
  std::string contents =
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + types + "sheet.main+xml\"/>";
  std::vector<std::pair<std::string, std::string>> members;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string part = "worksheets/sheet" + number + ".xml";
    list += "<sheet name=\"" + Escaped(sheets[i].name) + "\" sheetId=\"" + number +
            "\" r:id=\"rId" + number + "\"/>";
    relations += "<Relationship Id=\"rId" + number + "\" Type=\"" + office +
                 "/worksheet\" Target=\"" + part + "\"/>";
    contents +=
        "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + types + "worksheet+xml\"/>";
    members.emplace_back("xl/" + part, SheetXml(sheets[i]));
  }
  members.emplace_back("[Content_Types].xml",
                       "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                       "content-types\">" +
                           contents + "</Types>");
  members.emplace_back("_rels/.rels", "<Relationships xmlns=\"" + links +
                                          "\"><Relationship Id=\"rId1\" Type=\"" + office +
                                          "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                                          "</Relationships>");
  members.emplace_back("xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
                                              "\"><workbookPr " + options.workbook_properties +
                                              "/><sheets>" + list + "</sheets><calcPr " +
                                              options.calculation + "/></workbook>");
  members.emplace_back("xl/_rels/workbook.xml.rels",
                       "<Relationships xmlns=\"" + links + "\">" + relations + "</Relationships>");
  members.emplace_back("xl/styles.xml", "<styleSheet xmlns=\"" + main +
                                            "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\" "
                                            "applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
  WriteZip(file, members);
}

void WriteOds(const fs::path& file, const std::string& sheet, const Rows& rows) {
  std::string xml =
      "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>"
      "<office:spreadsheet><table:table table:name=\"" +
      Escaped(sheet) + "\">";
  for (const auto& row : rows) {
    xml += "<table:table-row>";
    for (const std::string& cell : row) {
      if (cell.starts_with('=')) {
        xml += "<table:table-cell table:formula=\"of:" + cell + "\"/>";
        continue;
      }
      const bool spans = cell.starts_with("|2|");
      xml += "<table:table-cell office:value-type=\"string\"";
      if (spans) xml += " table:number-rows-spanned=\"2\" table:number-columns-spanned=\"1\"";
      xml += "><text:p>" + Escaped(spans ? cell.substr(3) : cell) + "</text:p></table:table-cell>";
    }
    xml += "</table:table-row>";
  }
  xml += "</table:table></office:spreadsheet></office:body></office:document-content>";
  WriteZip(file,
           {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", xml}});
}

void WriteShapefile(const fs::path& file, const Rows& rows, const ShapefileOptions& options) {
  char encoding[] = "ENCODING=";
  char* creation[] = {encoding, nullptr};
  GDALDataset* const dataset =
      Driver("ESRI Shapefile").Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  Fill(NewLayer(*dataset, file.stem().string(), options.epsg, creation), rows);
  GDALClose(dataset);
  fs::path beside = file;
  fs::remove(beside.replace_extension(".cpg"));
  if (!options.code_page.empty()) Put(beside, options.code_page);
  constexpr std::streamoff kLanguage = 29;  // a byte of the header that names a code page, too
  std::fstream table(beside.replace_extension(".dbf"),
                     std::ios::in | std::ios::out | std::ios::binary);
  table.seekp(kLanguage);
  table.put('\0');
}

void WriteGeoPackage(const fs::path& file, const std::vector<std::string>& layers, const Rows& rows,
                     int epsg) {
  GDALDataset* const dataset = Driver("GPKG").Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  dataset->StartTransaction();
  for (const std::string& layer : layers) Fill(NewLayer(*dataset, layer, epsg, nullptr), rows);
  dataset->CommitTransaction();
  GDALClose(dataset);
}

std::string Gb18030(std::string_view text) {
  const iconv_t handle = iconv_open("GB18030", "UTF-8");
  std::string from(text), out(text.size() * 2 + 4, '\0');
  char* in = from.data();
  char* to = out.data();
  std::size_t rest = from.size(), room = out.size();
  const std::size_t status = iconv(handle, &in, &rest, &to, &room);
  iconv_close(handle);
  if (status == static_cast<std::size_t>(-1)) throw std::runtime_error("not GB18030");
  out.resize(out.size() - room);
  return out;
}

Rows Gb18030(Rows rows) {
  for (auto& row : rows) {
    for (std::string& cell : row) cell = Gb18030(cell);
  }
  return rows;
}

}  // namespace dijia::test
