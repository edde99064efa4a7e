/** Adversarial examples: how much accuracy is left when a trained network's rows are attacked. */
@NullMarked
package io.evenstep.driver.attack;

import org.jspecify.annotations.NullMarked;
