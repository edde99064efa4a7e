package io.evenstep.driver.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A page that compares several runs, made from the files in their folders. */
public final class RunComparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArrayNode runs = JSON.createArrayNode();

  /**
   * Adds a run, finished or not.
   *
   * @throws ConfigException when the folder has no run
   * @throws DataException when one of its files cannot be read
   */
  public void add(FileSystem files, Path folder) {
    ReportFolder run = new ReportFolder(files, folder);
    String config =
        run.read("config.json")
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Cannot find a run in " + folder + ": it has no config.json"));
    ObjectNode data = runs.addObject();
    data.put("id", folder.getName());
    data.set("settings", json("config.json", config).path("settings"));
    run.read("result.json").ifPresent(text -> data.set("result", json("result.json", text)));
    data.set("steps", steps(run.read(HistoryFiles.STEPS)));
    data.set("epochs", epochs(run.read(HistoryFiles.EPOCHS)));
  }

  private static JsonNode json(String name, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read " + name + ": " + Reason.of(e), e);
    }
  }

  private static ObjectNode steps(Optional<String> csv) {
    Series table = csv.map(StepsTable::read).orElse(StepsTable.empty());
    ObjectNode steps = JSON.createObjectNode();
    ArrayNode places = steps.putArray("step");
    ArrayNode losses = steps.putArray("loss");
    table.column(StepsTable.STEP).forEach(number -> Numbers.add(places, number));
    table.column(StepsTable.LOSS).forEach(number -> Numbers.add(losses, number));
    return steps;
  }

  private static ArrayNode epochs(Optional<String> csv) {
    ArrayNode epochs = JSON.createArrayNode();
    List<String> lines = csv.map(text -> text.lines().toList()).orElse(List.of());
    if (!lines.isEmpty()) {
      String[] names = lines.get(0).split(",", -1);
      lines.stream().skip(1).forEach(line -> add(epochs, names, line.split(",", -1)));
    }
    return epochs;
  }

  private static void add(ArrayNode epochs, String[] names, String[] values) {
    ObjectNode epoch = epochs.addObject();
    for (int i = 0; i < Math.min(names.length, values.length); i++) {
      if (!values[i].isEmpty()) {
        try {
          Numbers.put(epoch, names[i], Double.parseDouble(values[i]));
        } catch (NumberFormatException e) {
          throw new DataException(
              "Cannot read history.csv: '" + values[i] + "' is not a number", e);
        }
      }
    }
  }

  /** The page. */
  public String page() {
    ObjectNode data = JSON.createObjectNode();
    data.put("version", PageData.VERSION);
    data.set("runs", runs);
    return PageTemplate.page(
        runs.size() + " runs", data.toString(), List.of("page.js", "charts.js", "compare.js"));
  }
}
