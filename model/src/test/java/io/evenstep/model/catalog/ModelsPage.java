package io.evenstep.model.catalog;

import io.evenstep.model.catalog.layer.LayerInput;
import io.evenstep.model.catalog.layer.LayerTypes;
import io.evenstep.model.catalog.layer.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the tables of the user's pages from the catalogue. */
final class ModelsPage {
  private ModelsPage() {}

  /** The tables of {@code augmentation.md} by the name of their position in the page. */
  static Map<String, String> augmentation() {
    List<Entry> entries = Augmentations.entries();
    return Map.of("augmentations", named(entries) + parameters(entries));
  }

  /** The tables of {@code model-reference.md} by the name of their position in the page. */
  static Map<String, String> models() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("networks", named(Models.entries()) + parameters(Models.entries()));
    tables.put("layers", layers() + parameters(LayerTypes.entries()));
    tables.put("activations", meanings(Activations.entries()));
    tables.put("weights", meanings(WeightInits.entries()));
    tables.put("losses", losses());
    tables.put("optimizers", named(Optimizers.entries()) + parameters(Optimizers.entries()));
    tables.put("schedules", named(Schedules.entries()) + parameters(Schedules.entries()));
    return tables;
  }

  private static String named(List<Entry> entries) {
    return table(
        "Name | Parameters and defaults | Meaning",
        entries.stream()
            .map(e -> row("`" + e.name() + "`", given(e.parameters()), e.meaning()))
            .toList());
  }

  private static String layers() {
    return table(
        "Type | Takes | Parameters and defaults | Meaning",
        LayerTypes.entries().stream()
            .map(
                e -> row("`" + e.name() + "`", takes(e.name()), given(e.parameters()), e.meaning()))
            .toList());
  }

  private static String takes(String type) {
    return Stream.of(LayerInput.values())
        .filter(LayerTypes.accepts(type)::contains)
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String given(List<Parameter> parameters) {
    return parameters.isEmpty()
        ? "none"
        : parameters.stream().map(ModelsPage::given).collect(Collectors.joining(", "));
  }

  private static String given(Parameter parameter) {
    String name = "`" + parameter.name() + "`";
    if (parameter.required()) {
      return "**" + name + "**";
    }
    return parameter.standard().map(value -> name + " = " + value).orElse(name);
  }

  /** One row for all parameters with the same name, rule and meaning. */
  private static String parameters(List<Entry> entries) {
    List<String> rows = new ArrayList<>();
    for (Entry entry : entries) {
      for (Parameter parameter : entry.parameters()) {
        String row = row("`" + parameter.name() + "`", rule(parameter), parameter.meaning());
        if (!rows.contains(row)) {
          rows.add(row);
        }
      }
    }
    return "\n" + table("Parameter | Value | Meaning", rows.stream().sorted().toList());
  }

  private static String rule(Parameter parameter) {
    return parameter.choices().equals(Activations.names())
        ? "name of an activation"
        : parameter.ruleText().replaceFirst("^must be ", "");
  }

  private static String losses() {
    return table(
        "Name | Output activation | Meaning",
        Losses.entries().stream()
            .map(
                e ->
                    row(
                        "`" + e.name() + "`",
                        Losses.activation(e.name()).name().toLowerCase(Locale.ROOT),
                        e.meaning()))
            .toList());
  }

  private static String meanings(List<Entry> entries) {
    return table(
        "Name | Meaning",
        entries.stream().map(e -> row("`" + e.name() + "`", e.meaning())).toList());
  }

  private static String table(String head, List<String> rows) {
    String rule = "---|".repeat(head.split("\\|").length);
    return "| " + head + " |\n|" + rule + "\n" + String.join("", rows);
  }

  private static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
