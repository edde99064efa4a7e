package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.model.NativeDescription;
import io.evenstep.model.NativeRuntime;
import org.apache.spark.package$;

/** The environment of a run's driver. */
final class Environment {
  private Environment() {}

  static ObjectNode describe() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("Spark", package$.MODULE$.SPARK_VERSION());
    facts.put(
        "Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    facts.put(
        "System",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    facts.put("Processor cores", Runtime.getRuntime().availableProcessors());
    NativeDescription natives = NativeRuntime.describe();
    facts.put("Processor", natives.processor());
    facts.put("Native libraries", natives.library() + ", ND4J " + natives.version());
    return facts;
  }
}
