package io.evenstep.driver.config.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.evenstep.driver.config.value.ClassWeighting;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ThresholdType;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.InputSpec;
import io.evenstep.driver.data.spec.OutputSpec;
import io.evenstep.model.decision.Threshold;
import java.util.List;
import java.util.Map;

/** Values in the form of the job file. */
public final class Printable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Printable() {}

  /** The value as numbers, strings, lists and maps. */
  static Object plain(Object value) {
    if (value instanceof Enum<?> constant) {
      return ScalarType.spelling(constant);
    }
    if (value instanceof ColumnSpec column) {
      return ColumnsType.plain(column);
    }
    if (value instanceof InputSpec input) {
      return EndKeys.plain(input);
    }
    if (value instanceof OutputSpec output) {
      return EndKeys.plain(output);
    }
    if (value instanceof Threshold threshold) {
      return ThresholdType.plain(threshold);
    }
    if (value instanceof ClassWeighting weighting) {
      return weighting.plain();
    }
    return value instanceof List<?> list ? list.stream().map(Printable::plain).toList() : value;
  }

  /** The settings of a column by name, without those that have their default. */
  public static Map<String, Object> parts(ColumnSpec column) {
    return ColumnsType.plain(column);
  }

  /** The value as JSON, which is also valid YAML. */
  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(plain(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value, e);
    }
  }

  /** The value for a message: a text without quotes, anything else as JSON. */
  public static String text(Object value) {
    return plain(value) instanceof String text ? text : json(value);
  }
}
