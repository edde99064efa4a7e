package io.evenstep.model.data.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.token.TokenRecipe.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts become tokens and tokens the same texts. */
class TokenizerTest {
  private static final String TEXT =
      " The cat, the  cat\n\tand a na\u00efve \u732b\ud83d\ude3a: cats and the caterpillar and e\u0301."
          + " The cat, the  cat\n\tand a na\u00efve \u732b\ud83d\ude3a: cats and the caterpillar and"
          + " e\u0301.";

  private static Tokenizer learned(Unit unit, int terms) {
    TokenRecipe recipe = new TokenRecipe(unit, 8, terms);
    return new Tokenizer(unit, Vocabulary.of(recipe, recipe.count(TEXT)));
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void givesBackTheTextThatItLearned(Unit unit) {
    Tokenizer tokenizer = learned(unit, 60);
    List<Integer> tokens = tokenizer.encode(TEXT);

    assertThat(tokens).doesNotContain(0);
    assertThat(tokenizer.decode(tokens)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void unknownPartsAreTheUnknownToken(Unit unit) {
    Tokenizer tokenizer = learned(unit, 60);

    assertThat(tokenizer.encode("the \u20ac")).contains(0);
    assertThat(tokenizer.decode(List.of(0))).isEqualTo(Tokenizer.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void anEmptyTextHasNoTokens(Unit unit) {
    assertThat(learned(unit, 60).encode("")).isEmpty();
  }

  @Test
  void aCharacterIsACodePoint() {
    assertThat(TextUnits.characters("a\ud83d\ude3a")).containsExactly("a", "\ud83d\ude3a");
  }

  @Test
  void aWordHasTheSpaceBeforeIt() {
    assertThat(TextUnits.words("Hi, a  \u00e9t\u00e9!\n"))
        .containsExactly("Hi", ",", " a", " ", " \u00e9t\u00e9", "!", "\n");
  }

  @Test
  void theVocabularyHasTheMostFrequentTokensAfterTheUnknownOne() {
    TokenRecipe recipe = new TokenRecipe(Unit.CHARACTER, 8, 3);

    assertThat(Vocabulary.of(recipe, recipe.count("abcbcc")))
        .containsExactly(Tokenizer.UNKNOWN, "c", "b");
  }

  @Test
  void aWordThatOccursOnceIsUnknown() {
    TokenRecipe recipe = new TokenRecipe(Unit.WORD, 8, 10);

    assertThat(Vocabulary.of(recipe, recipe.count("a b a"))).doesNotContain(" b");
  }

  /** The example of Sennrich and others, 2016: "es" is joined first, then "est", then "lo". */
  @Test
  void joinsTheMostFrequentPairsFirst() {
    List<String> pieces =
        PieceLearner.learn(Map.of("low", 5, "lower", 2, "newest", 6, "widest", 3), 14);

    assertThat(pieces).hasSize(14).endsWith("es", "est", "lo", "low");
  }

  @Test
  void cutsWordsInTheOrderOfLearning() {
    Tokenizer tokenizer =
        new Tokenizer(Unit.PIECE, List.of(Tokenizer.UNKNOWN, "a", "b", "c", " ", "bc", "ab"));

    assertThat(tokenizer.encode("abc ab")).containsExactly(1, 5, 4, 6);
  }

  @Test
  void theRecipeIsReadFromItsLine() {
    TokenRecipe recipe = new TokenRecipe(Unit.PIECE, 32, 500, 100);

    assertThat(TokenRecipe.of(recipe.format())).isEqualTo(recipe);
  }
}
