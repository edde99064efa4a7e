package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.model.data.token.TokenRecipe;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a text file in UTF-8. A row of characters or words has one more than the network
 * sees, which is the last to predict; the next row begins with it, so that each token but a file's
 * first is predicted once. Rows of pieces are whole words and do not overlap. Blank rows are left
 * out.
 */
final class TokenRows extends SliceRows {
  private static final int ROWS_OF_A_BLOCK = 8;
  private static final int BUFFER = 1 << 16;
  private static final int LEAST_WAITING = 256; // more parts are read before the last is cut off

  private final Configuration conf;
  private final TextSlice slice;
  private final TokenRecipe recipe;
  private final boolean isOfPieces;
  private final Deque<String> waiting = new ArrayDeque<>(); // parts that were read
  private String rest = ""; // text after them, which may go on
  private final char[] buffer = new char[BUFFER];
  private @Nullable Reader file;
  private long rows;

  TokenRows(Configuration conf, TextSlice slice, TokenRecipe recipe) {
    super(slice);
    this.conf = conf;
    this.slice = slice;
    this.recipe = recipe;
    this.isOfPieces = recipe.unit() == TokenRecipe.Unit.PIECE;
  }

  @Override
  Closeable open() throws IOException {
    Reader opened =
        new InputStreamReader(
            SourceFiles.open(conf, slice.path()),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    file = opened;
    return opened;
  }

  @Override
  @Nullable Row read() throws IOException {
    for (String text = nextText(); !text.isEmpty(); text = nextText()) {
      if (!text.isBlank()) {
        String block = slice.path().getName() + ":" + rows++ / ROWS_OF_A_BLOCK;
        return new GenericRowWithSchema(
            new Object[] {text, block, null, slice.uri()}, TokenSource.SCHEMA);
      }
    }
    return null;
  }

  /** The text of the next row; empty after the last. */
  private String nextText() throws IOException {
    List<String> parts = new ArrayList<>();
    int characters = 0;
    fill();
    while (!waiting.isEmpty()) {
      characters += waiting.element().length();
      if (isOfPieces ? !parts.isEmpty() && characters > recipe.characters() : isFull(parts)) {
        break;
      }
      parts.add(waiting.remove());
      fill();
    }
    if (isOfPieces) {
      return String.join("", parts);
    }
    boolean isWhole = isFull(parts);
    if (isWhole) {
      waiting.push(parts.get(parts.size() - 1)); // the next row begins with it
    }
    return parts.size() < 2 ? "" : String.join("", parts);
  }

  private boolean isFull(List<String> parts) {
    return parts.size() > recipe.length();
  }

  /** Reads on if few parts are left. The last part of what was read may go on, so it waits. */
  private void fill() throws IOException {
    while (waiting.size() < LEAST_WAITING && file != null) {
      int count = readFully(file);
      String text = rest + (count > 0 ? new String(buffer, 0, count) : "");
      List<String> parts = recipe.parts(text);
      boolean ended = count < 0;
      int ready = ended || parts.isEmpty() ? parts.size() : parts.size() - 1;
      waiting.addAll(parts.subList(0, ready));
      rest = ready < parts.size() ? parts.get(ready) : "";
      file = ended ? null : file;
    }
  }

  private int readFully(Reader from) throws IOException {
    try {
      return from.read(buffer);
    } catch (MalformedInputException e) {
      throw new IOException("it is not text in UTF-8; convert it, for instance with iconv", e);
    }
  }
}
