package io.evenstep.driver.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.JobTexts;
import io.evenstep.driver.config.Overrides;
import io.evenstep.model.augment.Flip;
import io.evenstep.model.augment.Mixup;
import io.evenstep.model.augment.Shift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationsTypeTest {
  private static final String JOB =
      """
      model: {name: mlp}
      data:
        format: csv
        path: x.csv
        augment:
          - shift: {pixels: 2}
          - flip:
              axis: vertical
              probability: 1
          - mixup
      """;

  @Test
  void readsAListInItsOrderWithTheDefaults() {
    assertThat(JobTexts.parse(JOB).augmentations().augmentations())
        .containsExactly(new Shift(2, 1), new Flip(Flip.Axis.VERTICAL, 1), new Mixup(0.2, 1));
    assertThat(JobTexts.parse(JobTexts.SMALLEST).augmentations().augmentations()).isEmpty();
  }

  @Test
  void comesBackFromJsonAsItWas() {
    JobConfig job = JobTexts.parse(JOB);
    JobConfig back = JobConfig.fromJson(job.toJson(), Overrides.NONE);
    assertThat(back.augmentations()).isEqualTo(job.augmentations());
    assertThat(back.sha256()).isEqualTo(job.sha256());
    assertThat(JobTexts.parse(job.describe()).augmentations()).isEqualTo(job.augmentations());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[flpi] | Invalid data.augment[0]: must be one of flip, shift, rotate, zoom, shear,"
            + " brightness, contrast, cutout, cutmix, noise, mixup (did you mean flip?), got flpi",
        "[mixup, rotate: {degrees: -5}] | Invalid data.augment[1].rotate.degrees: must be a number"
            + " of at least 0, got -5",
        "[flip: {probability: 1.5}] | Invalid data.augment[0].flip.probability: must be a number"
            + " from 0 to 1, got 1.5",
        "[flip: {axis: sideways}] | Invalid data.augment[0].flip.axis: must be one of horizontal,"
            + " vertical, got sideways",
        "[shift: {pixel: 2}] | Invalid data.augment[0].shift.pixel: is not a parameter of shift"
            + " (did you mean pixels?), got 2",
        "[shift] | Invalid data.augment[0].shift.pixels: must be given, got nothing",
        "[shift: 2] | Invalid data.augment[0].shift: must be parameters by name, got 2",
        "[zoom: {by: 1}] | Invalid data.augment[0].zoom.by: must be a number of at least 0 and"
            + " below 1, got 1",
        "[{flip: {}, mixup: {}}] | Invalid data.augment[0]: must be one augmentation, such as"
            + " {shift: {pixels: 2}}, got {flip: {}, mixup: {}}",
        "flip | Invalid data.augment: must be a list of augmentations, each a name with its"
            + " parameters, got flip",
      })
  void tellsKeyRuleAndValue(String augment, String problem) {
    assertThat(JobTexts.problems("data.augment=" + augment)).contains(problem);
  }
}
