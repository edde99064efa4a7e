/** Tests of the files in {@code deploy/}, as far as possible without the machines they are for. */
@NullMarked
package io.evenstep.driver.deploy;

import org.jspecify.annotations.NullMarked;
