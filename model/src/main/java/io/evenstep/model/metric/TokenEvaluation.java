package io.evenstep.model.metric;

import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.decision.Decision;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Evaluation} of a language model, which predicts the next token at each step. A step whose
 * label is all 0 has no token and does not count.
 *
 * <p>Bits per character are the bits of all tokens divided by their characters, so that models with
 * different tokens can be compared. An unknown token counts as one character. There are none for
 * words, because a model of words need not spell those that it does not know.
 */
public final class TokenEvaluation implements Evaluation {
  static final byte TAG = 3;

  private static final double LEAST_PROBABILITY = 1e-10;

  private final int[] lengths; // characters of each token; empty if they are not counted
  private final int size;
  private long rows;
  private long tokens;
  private long right;
  private long characters;
  private ExactSum logLoss = new ExactSum();
  private Optional<ExactSum> loss = Optional.empty();

  private TokenEvaluation(int size, int[] lengths) {
    this.size = size;
    this.lengths = lengths;
  }

  static TokenEvaluation of(TokenRecipe.Unit unit, List<String> vocabulary) {
    int[] lengths =
        unit == TokenRecipe.Unit.WORD
            ? new int[0]
            : vocabulary.stream()
                .mapToInt(token -> token.codePointCount(0, token.length()))
                .toArray();
    return new TokenEvaluation(vocabulary.size(), lengths);
  }

  @Override
  public void add(INDArray labels, INDArray predictions) {
    EvaluatedRows.requireSameShape(labels, predictions);
    rows += labels.size(0);
    float[][] label = EvaluatedRows.of(labels);
    float[][] prediction = EvaluatedRows.of(predictions);
    for (int step = 0; step < label.length; step++) {
      double[] is = EvaluatedRows.byClass(label[step], size);
      int token = Decision.USUAL.classOf(is);
      if (is[token] > 0) {
        add(token, EvaluatedRows.byClass(prediction[step], size));
      }
    }
  }

  private void add(int token, double[] probabilities) {
    tokens++;
    right += Decision.USUAL.classOf(probabilities) == token ? 1 : 0;
    characters += lengths.length == 0 ? 0 : lengths[token];
    logLoss.add(-Math.log(Math.max(probabilities[token], LEAST_PROBABILITY)));
  }

  /** {@inheritDoc} The loss of a row is the sum over its tokens divided by those of a whole row. */
  @Override
  public void addLoss(double sum) {
    if (loss.isEmpty()) {
      loss = Optional.of(new ExactSum());
    }
    loss.get().add(sum);
  }

  @Override
  public void merge(Evaluation part) {
    if (!(part instanceof TokenEvaluation other) || other.size != size) {
      throw new IllegalArgumentException(
          "Cannot merge: must be an evaluation of " + size + " tokens, got " + part);
    }
    rows += other.rows;
    tokens += other.tokens;
    right += other.right;
    characters += other.characters;
    logLoss.add(other.logLoss);
    loss = LossSum.merge(loss, other.loss);
  }

  /** How many tokens were predicted. */
  @Override
  public long rows() {
    return tokens;
  }

  @Override
  public LinkedHashMap<String, Double> metrics(String prefix) {
    LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
    if (tokens == 0) {
      return figures;
    }
    double nats = logLoss.value();
    figures.put(prefix + ".loss", loss.map(sum -> sum.value() / rows).orElse(nats / tokens));
    figures.put(prefix + ".accuracy", (double) right / tokens);
    figures.put(prefix + ".perplexity", StrictMath.exp(nats / tokens));
    if (characters > 0) {
      figures.put(prefix + ".bitsPerCharacter", nats / StrictMath.log(2) / characters);
    }
    return figures;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeByte(TAG);
    out.writeInt(size);
    for (long count : new long[] {rows, tokens, right, characters}) {
      out.writeLong(count);
    }
    logLoss.write(out);
    LossSum.write(out, loss);
  }

  static TokenEvaluation read(DataInputStream in) throws IOException {
    TokenEvaluation read = new TokenEvaluation(in.readInt(), new int[0]);
    read.rows = in.readLong();
    read.tokens = in.readLong();
    read.right = in.readLong();
    read.characters = in.readLong();
    read.logLoss = ExactSum.read(in);
    read.loss = LossSum.read(in);
    return read;
  }
}
