package io.evenstep.model.data;

import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.data.token.Tokenizer;
import java.nio.ByteBuffer;
import java.util.List;

/** Encodes a text as the numbers of its first tokens, or of those after each. */
final class TokenEncoder extends SegmentEncoder {
  private final Tokenizer tokenizer;
  private final int first; // the first token of a text that a record holds

  TokenEncoder(Segment segment, Missing missing, Absent absent) {
    super(segment, missing, absent);
    this.tokenizer = new Tokenizer(TokenRecipe.of(segment.format()).unit(), segment.categories());
    this.first = segment.kind() == Segment.Kind.NEXT_TOKENS ? 1 : 0;
  }

  @Override
  void encodeValue(int column, Object value, ByteBuffer record) {
    put(tokenizer.encode(String.valueOf(value)), record);
  }

  /** An empty text. */
  @Override
  void encodeFill(int column, ByteBuffer record) {
    put(List.of(), record);
  }

  private void put(List<Integer> tokens, ByteBuffer record) {
    for (int i = first; i < first + segment.stored(); i++) {
      int token = i < tokens.size() ? tokens.get(i) : segment.unseenIndex();
      if (segment.storage() == Storage.U8) {
        record.put((byte) token);
      } else {
        record.putInt(token);
      }
    }
  }
}
