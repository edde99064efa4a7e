package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a job and their origins, parsed from the lines of {@code --print-config}. */
final class ConfigLines {
  private static final Pattern SET = Pattern.compile("([A-Za-z.0-9]+): (.*?)\\s+# ([^#]*)");

  private ConfigLines() {}

  /** The settings that have a value. */
  static ArrayNode of(String description) {
    ArrayNode settings = JsonNodeFactory.instance.arrayNode();
    for (String line : description.lines().toList()) {
      Matcher set = SET.matcher(line);
      if (set.matches()) {
        settings
            .addObject()
            .put("key", set.group(1))
            .put("value", set.group(2))
            .put("origin", set.group(3).strip());
      }
    }
    return settings;
  }
}
