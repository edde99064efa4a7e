package io.evenstep.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.data.token.Tokenizer;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.metric.TokenEvaluation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Records of texts: tokens, the tokens after them, and a mask where a text ends. */
class TokenSegmentsTest {
  private static final List<String> VOCABULARY = List.of(Tokenizer.UNKNOWN, "a", "b", "c");
  private static final String FORMAT = new TokenRecipe(TokenRecipe.Unit.CHARACTER, 4, 10).format();

  private static Segment segment(Segment.Kind kind) {
    return new Segment(
        kind,
        List.of("text"),
        List.of(4L),
        Storage.U8,
        VOCABULARY,
        Scaling.NONE,
        Gaps.AS_ENCODED,
        FORMAT);
  }

  private static Encoding encoding() {
    return new Encoding(
        Encoding.VERSION,
        List.of(new TensorEncoding("text", List.of(4L), List.of(segment(Segment.Kind.TOKENS)))),
        List.of(
            new TensorEncoding(
                "next", List.of(4L, 4L), List.of(segment(Segment.Kind.NEXT_TOKENS)))),
        Missing.REFUSE,
        0,
        Unseen.REFUSE);
  }

  private static MiniBatch batch(String... texts) throws Exception {
    Encoding encoding = Encoding.fromJson(encoding().toJson());
    RowEncoder encoder = encoding.encoder();
    ByteBuffer records = ByteBuffer.allocate(texts.length * encoder.recordBytes());
    for (String text : texts) {
      assertThat(encoder.encode(new Object[] {text, text}, records)).isTrue();
    }
    return encoding.decoder().decode(records.flip().order(ByteOrder.LITTLE_ENDIAN), texts.length);
  }

  @Test
  void decodesTokensAndThoseAfterThem() throws Exception {
    try (MiniBatch rows = batch("abcab", "c?")) {
      assertThat(rows.features().get(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{1, 2, 3, 1}, {3, 0, 0, 0}});
      INDArray next = rows.labels().get(0); // [2, 4, 4]
      assertThat(next.argMax(1).getRow(0).toIntVector()).containsExactly(2, 3, 1, 2);
      assertThat(next.slice(1).sumNumber().doubleValue()).isEqualTo(1);
      assertThat(next.getDouble(1, 0, 0)).isEqualTo(1);
    }
  }

  @Test
  void aRowsMaskGivesEachTokenTheSameShareOfItsLoss() throws Exception {
    try (MiniBatch rows = batch("abcab", "c?")) {
      assertThat(rows.labelMasks().get(0).orElseThrow().toFloatMatrix())
          .isDeepEqualTo(new float[][] {{0.25f, 0.25f, 0.25f, 0.25f}, {0.25f, 0, 0, 0}});
    }
  }

  @Test
  void evaluatesOnlyStepsWithAToken() throws Exception {
    TokenEvaluation evaluation = Evaluation.tokens(TokenRecipe.Unit.CHARACTER, VOCABULARY);
    try (MiniBatch rows = batch("abcab", "c?")) {
      INDArray uniform = Nd4j.ones(2, 4, 4).mul(0.25);
      evaluation.add(rows.labels().get(0), uniform);
    }
    TokenEvaluation merged = Evaluation.tokens(TokenRecipe.Unit.CHARACTER, VOCABULARY);
    merged.merge(Evaluation.fromBytes(evaluation.toBytes()));

    assertThat(merged.rows()).isEqualTo(5);
    assertThat(merged.metrics("test").get("test.loss")).isCloseTo(Math.log(4), Offset.offset(1e-9));
    assertThat(merged.metrics("test").get("test.perplexity")).isCloseTo(4, Offset.offset(1e-9));
    assertThat(merged.metrics("test").get("test.bitsPerCharacter"))
        .isCloseTo(2, Offset.offset(1e-9));
  }
}
