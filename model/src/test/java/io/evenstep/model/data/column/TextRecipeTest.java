package io.evenstep.model.data.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.data.column.TextRecipe.Unit;
import io.evenstep.model.data.column.TextRecipe.Weighting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextRecipeTest {
  private static TextRecipe recipe(Unit unit, int least, int most, boolean hashed) {
    return new TextRecipe(unit, least, most, Weighting.COUNT, 50, hashed);
  }

  @Test
  void countsRunsOfWords() {
    assertThat(recipe(Unit.WORD, 1, 2, false).count("The cat, the CAT 7!"))
        .isEqualTo(Map.of("the", 2, "cat", 2, "7", 1, "the cat", 2, "cat the", 1, "cat 7", 1));
  }

  @Test
  void countsRunsOfCharactersWithinWords() {
    assertThat(recipe(Unit.CHARACTER, 3, 3, false).count("Öl 😀 o"))
        .isEqualTo(Map.of(" öl", 1, "öl ", 1, " o ", 1));
  }

  @Test
  void hashesTermsToNumbersBelowTheirCount() {
    Map<String, Integer> counts = recipe(Unit.WORD, 1, 1, true).count("a b a");
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    assertThat(counts.keySet()).allSatisfy(n -> assertThat(Integer.parseInt(n)).isBetween(0, 49));
    assertThat(recipe(Unit.WORD, 1, 1, true).count("b a a")).isEqualTo(counts);
  }

  @Test
  void findsNoTermsInSigns() {
    assertThat(recipe(Unit.WORD, 1, 2, false).count(" -- ! ")).isEmpty();
  }

  @Test
  void readsWhatItWrites() {
    TextRecipe recipe = new TextRecipe(Unit.CHARACTER, 3, 5, Weighting.TF_IDF, 1_000, true);
    assertThat(recipe.format()).isEqualTo("character 3-5 tf-idf 1000 hashed");
    assertThat(TextRecipe.of(recipe.format())).isEqualTo(recipe);
    assertThatThrownBy(() -> TextRecipe.of("iso")).hasMessage("Invalid recipe of a text: iso");
  }
}
