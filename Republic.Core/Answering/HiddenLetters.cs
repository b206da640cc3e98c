using System.Globalization;
using System.Text;

namespace Republic.Core.Answering;

/// <summary>Letters that nobody sees, which can carry a text of their own past whoever reads the rest.</summary>
public static class HiddenLetters
{
    public static bool Has(Rune rune) =>
        Rune.IsControl(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
        // Variation selectors, joiners and blanks that are letters.
        || rune.Value
            is (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0100 and <= 0xE01EF)
                or 0x034F
                or 0x115F
                or 0x1160
                or 0x2800
                or 0x3164
                or 0xFFA0;
}
