using Republic.Core.Answering.Stages;
using Republic.Core.Knowledge.Reading;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Answering.Intents;

/// <summary>
/// What a small model makes of a message, held against what it means. Such a model has an answer to everything, and most of what people say is
/// nothing that it learned; so its answer counts where it belongs to an intent that the message is near to. Else the model is asked the nearest
/// utterance that it learned, and where none is near, one that it declines.
/// </summary>
internal sealed class MessageReading
{
    public const string Declined = "unknown";

    private const string Told = "told";
    private const string OtherLanguage = "languages";

    /// <summary>These take a name from the message itself.</summary>
    private static readonly string[] Named = ["i-am", "repeat"];

    /// <summary>This takes one from what was said before.</summary>
    private const string OfHistory = "my-name";

    /// <summary>The likeness below which a message has nothing to do with an intent.</summary>
    private const double Least = 0.5;

    /// <summary>The likeness from which the model is asked the learned utterance in place of the message.</summary>
    private const double LeastToReplace = 0.6;

    /// <summary>The same where the model says that it does not know, which it does not say easily.</summary>
    private const double LeastToInsist = 0.7;

    /// <summary>An answer to an intent that is so much further away than the nearest is to something else.</summary>
    private const double MostBehind = 0.08;

    private const char LastLatin = 'ɏ';

    private readonly string message;
    private readonly IReadOnlyList<IntentMatch> matches;

    /// <param name="matches">Of <see cref="ModelIntents.Match"/>, all intents of the model.</param>
    public MessageReading(string message, IReadOnlyList<IntentMatch> matches)
    {
        (this.message, this.matches) = (message, matches);
        Before = Replaced();
    }

    /// <summary>The reading of a message that is too long to be anything that was learned, or holds no words.</summary>
    public MessageReading(IntentMatch declined)
    {
        (message, matches, Before) = ("", [declined], declined);
    }

    /// <summary>What the model is asked in place of the message; null where it is asked the message itself.</summary>
    public IntentMatch? Before { get; }

    private IntentMatch Nearest => matches[0];

    /// <summary>What the model is asked after it gave an answer; null where the answer counts.</summary>
    /// <param name="intent">Of the answer; null where it is none that was learned.</param>
    public IntentMatch? After(string? intent)
    {
        var nearest = Nearest;
        if (Named.Contains(nearest.Intent))
        {
            return null;
        }

        if (intent == Declined)
        {
            return nearest.Intent != Declined && nearest.Likeness >= LeastToInsist ? nearest : null;
        }

        var answered = matches.FirstOrDefault(match => match.Intent == intent);
        return answered is not null && answered.Likeness >= Math.Max(Least, nearest.Likeness - MostBehind) ? null
            : nearest.Likeness >= LeastToReplace ? nearest
            : Of(Declined);
    }

    /// <summary>What was said before belongs to the question.</summary>
    public static bool NeedsHistory(IntentMatch asked) => asked.Intent == OfHistory;

    private IntentMatch? Replaced() =>
        Named.Contains(Nearest.Intent) ? null
        : !IsEnglish(message) ? Of(OtherLanguage)
        : IsTelling ? Of(Told)
        : Nearest.Likeness < Least ? Of(Declined)
        : null;

    /// <summary>Facts are told in so many words that they are known by their form.</summary>
    private bool IsTelling => Nearest.Likeness < LeastToReplace && (FactExtractor.IsAllOf(message) || PlainTelling.Is(message));

    /// <summary>A name in another script does not make another language.</summary>
    private static bool IsEnglish(string text) =>
        text.Count(letter => char.IsLetter(letter) && letter > LastLatin) * 2 <= text.Count(char.IsLetter)
        && LanguageGuess.Of(text) is "english" or "simple";

    private IntentMatch? Of(string intent) => matches.FirstOrDefault(match => match.Intent == intent);
}
