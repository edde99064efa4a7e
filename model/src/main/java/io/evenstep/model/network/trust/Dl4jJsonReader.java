package io.evenstep.model.network.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * DL4J's JSON reader behind a guard. A class that is not allowed is refused by name: first in a
 * scan of the whole text, then again by Jackson. An allowed class must still have the type that its
 * position needs.
 */
public final class Dl4jJsonReader {
  private final AllowedTypes allowed;
  private final String file;

  /**
   * A reader of one file.
   *
   * @param file its name in messages
   */
  public Dl4jJsonReader(AllowedTypes allowed, String file) {
    this.allowed = allowed;
    this.file = file;
  }

  /**
   * The text as a tree; no objects of it are created.
   *
   * @throws ConfigException when it is not JSON
   */
  public JsonNode tree(String json) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw unreadable("not JSON, " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a configuration in the format of DL4J 1.0.0, or of 1.0.0-alpha and earlier.
   *
   * @throws ConfigException when it is not a configuration, or names a class that is not allowed
   */
  public <T> T read(String json, Class<T> type) {
    TypeNames.require(json, allowed, file);
    try {
      return readGuarded(json, type);
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage(), e);
    } catch (RuntimeException e) { // DL4J's own checks
      throw unreadable(Reason.of(e), e);
    }
  }

  private ConfigException unreadable(String reason, Exception cause) {
    return new ConfigException("Cannot read the DL4J configuration " + file + ": " + reason, cause);
  }

  /** The old format names types by words from a closed list instead of class names. */
  <T> T readGuarded(String json, Class<T> type) throws JsonProcessingException {
    try {
      return guarded(JsonMappers.getMapper()).readValue(json, type);
    } catch (InvalidTypeIdException e) {
      if (!String.valueOf(e.getMessage()).contains("missing type id property '@class'")) {
        throw e;
      }
      return guarded(JsonMappers.getLegacyMapper()).readValue(json, type);
    }
  }

  /** A copy, because DL4J's mapper is shared. */
  private ObjectMapper guarded(ObjectMapper mapper) {
    return mapper.copy().setPolymorphicTypeValidator(new Guard(allowed));
  }

  private static final class Guard extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1L;

    private final AllowedTypes allowed;

    Guard(AllowedTypes allowed) {
      this.allowed = allowed;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
      return allowed.allows(name) ? Validity.ALLOWED : Validity.DENIED;
    }
  }
}
