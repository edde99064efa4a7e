package io.evenstep.driver.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The schema of a Kubernetes custom resource, as strict as {@code kubectl apply --validate=strict}:
 * an unknown field is an error.
 */
final class CrdSchema {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String OPEN = "x-kubernetes-preserve-unknown-fields";

  private final JsonSchema schema;

  private CrdSchema(JsonNode schema) {
    this.schema = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
  }

  /** The schema of one version of a custom resource definition. */
  static CrdSchema of(Path definition, String version) throws IOException {
    for (JsonNode found : yaml(definition).at("/spec/versions")) {
      if (found.path("name").asText().equals(version)) {
        JsonNode schema = found.at("/schema/openAPIV3Schema");
        close(schema);
        // Declared only as an object: the API server knows its fields.
        ((ObjectNode) schema.at("/properties/metadata")).remove("additionalProperties");
        return new CrdSchema(schema);
      }
    }
    throw new AssertionError("Cannot find " + version + " in " + definition);
  }

  /** What is wrong with a resource; empty if it is valid. */
  List<String> problems(JsonNode resource) {
    return schema.validate(resource).stream().map(Object::toString).toList();
  }

  static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** Refuses unknown fields in every object whose fields are named. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && !object.has("additionalProperties")
        && !object.path(OPEN).asBoolean()) {
      object.put("additionalProperties", false);
    }
    node.forEach(CrdSchema::close);
  }
}
