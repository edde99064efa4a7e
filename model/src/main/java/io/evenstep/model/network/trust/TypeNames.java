package io.evenstep.model.network.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Finds the class names in a DL4J configuration. Reads the text as a stream, like DL4J's reader: in
 * a tree, the second of two equal keys would hide the first.
 */
final class TypeNames {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String CLASS = "@class";
  private static final String DISTRIBUTION_CLASS = "type";
  private static final String OLD_DISTRIBUTION = "dist"; // DL4J parses this text once more

  private TypeNames() {}

  /**
   * Refuses the first class that is not allowed.
   *
   * @param file the text's name in messages
   * @throws ConfigException naming that class, or saying that the text is not JSON
   */
  static void require(String json, AllowedTypes allowed, String file) {
    walk(json, file, type -> allowed.require(type, file));
  }

  /**
   * Passes on each class name, as often as it occurs.
   *
   * @param file the text's name in messages
   * @throws ConfigException saying that the text is not JSON
   */
  static void walk(String json, String file, Consumer<String> types) {
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          check(parser, types);
        }
      }
    } catch (IOException e) {
      throw new ConfigException(
          "Cannot read the DL4J configuration " + file + ": not JSON, " + Reason.of(e), e);
    }
  }

  private static void check(JsonParser parser, Consumer<String> types) throws IOException {
    String text = parser.getText();
    JsonStreamContext context = parser.getParsingContext();
    boolean first = context.inArray() && context.getCurrentIndex() == 0;
    boolean named = context.inObject() && namesAType(context, text);
    if (named || first && isOpening(parser.nextToken())) { // Jackson's other form: [name, {...}]
      types.accept(text);
    }
  }

  private static boolean namesAType(JsonStreamContext context, String text) {
    String key = context.getCurrentName();
    return CLASS.equals(key)
        || DISTRIBUTION_CLASS.equals(key)
            && (text.contains(".")
                || OLD_DISTRIBUTION.equals(context.getParent().getCurrentName()));
  }

  private static boolean isOpening(JsonToken token) {
    return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
  }
}
