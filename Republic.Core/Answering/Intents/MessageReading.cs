using System.Text.RegularExpressions;
using Republic.Core.Answering.Stages;
using Republic.Core.Knowledge.Reading;
using Republic.Core.Llama.Files;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Answering.Intents;

/// <summary>
/// What a small model makes of a message, held against what it means. Such a model has an answer to everything, and most of what people say is
/// nothing that it learned; so its answer counts where it belongs to an intent that the message is near to. Else the model is asked the nearest
/// utterance that it learned, and where none is near, one that it declines.
/// </summary>
internal sealed partial class MessageReading
{
    public const string Declined = "unknown";

    private const string Told = "told";
    private const string OtherLanguage = "languages";

    private const string Introduced = "i-am";

    /// <summary>This takes one from what was said before.</summary>
    private const string OfHistory = "my-name";

    /// <summary>The likeness below which a message has nothing to do with an intent.</summary>
    private const double Least = 0.55;

    /// <summary>The likeness from which the model is asked the learned utterance in place of the message.</summary>
    private const double LeastToReplace = 0.62;

    /// <summary>The same where the model says that it does not know, which it does not say easily.</summary>
    private const double LeastToInsist = 0.7;

    /// <summary>An answer to an intent that is so much further away than the nearest is to something else.</summary>
    private const double MostBehind = 0.12;

    /// <summary>The same where the message is nearly one of the utterances.</summary>
    private const double MostBehindTheSame = 0.04;

    private const double TheSame = 0.85;

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
        if (IsIntroduction)
        {
            return intent is Introduced or Told ? null : Of(Told);
        }

        if (intent == Declined)
        {
            return Nearest.Intent != Declined && Nearest.Likeness >= LeastToInsist ? Nearest : null;
        }

        var behind = Nearest.Likeness >= TheSame ? MostBehindTheSame : MostBehind;
        var answered = Match(intent);
        return answered is not null && answered.Likeness >= Math.Max(Least, Nearest.Likeness - behind) ? null
            : Nearest.Likeness >= LeastToReplace ? Nearest
            : Of(Declined);
    }

    /// <summary>What was said before belongs to the question.</summary>
    public static bool NeedsHistory(IntentMatch asked) => asked.Intent == OfHistory;

    private IntentMatch? Replaced() =>
        IsIntroduction ? null
        : IsTelling ? Of(Told)
        : Nearest.Likeness >= LeastToReplace ? null
        : !IsEnglish ? Of(OtherLanguage)
        : Nearest.Likeness < Least ? Of(Declined)
        : null;

    /// <summary>The person says who they are, and the model takes the name from the message itself.</summary>
    private bool IsIntroduction => Nearest.Intent == Introduced || Introduction().IsMatch(message);

    /// <summary>The person tells something of themselves, in so many words that it is known by its form.</summary>
    private bool IsTelling =>
        (Nearest.Intent == Told || Nearest.Likeness < LeastToReplace)
        && (FactExtractor.IsAllOf(message) || PlainTelling.Is(message) || OfOneself().IsMatch(message));

    /// <summary>A name in another script does not make another language.</summary>
    private bool IsEnglish =>
        message.Count(letter => char.IsLetter(letter) && letter > LastLatin) * 2 <= message.Count(char.IsLetter)
        && (LanguageGuess.Of(message) is "english" or "simple" || English().IsMatch(message));

    private IntentMatch Of(string intent) => Match(intent)!;

    private IntentMatch? Match(string? intent) => matches.FirstOrDefault(match => match.Intent == intent);

    /// <summary>The guess needs longer texts: these words are in no other language that people write here.</summary>
    [GeneratedRegex(
        @"\b(?:the|you|your|is|my|what|how|i['’]m|don['’]t|can|this|that|with|and)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex English();

    [GeneratedRegex(
        @"^((hello|hi|hey|good (morning|afternoon|evening|day)|no|sorry|oh|well|so|by the way|btw)\b[\s,.!]*)*(?i:my name is|my name['’]s|i am|i['’]m|im|call me|this is|people call me|the name is) (?-i:(the |Dr\.? |Mr\.? |Mrs\.? |Ms\.? )?[\p{Lu}\p{Lo}])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Introduction();

    [GeneratedRegex(
        @"^((by the way|btw|also|and|so|well|oh|actually)\b[\s,]*)?(i|i['’](m|ve)|we|my|our) (?!need|want|would|wish|could|can|should|have to|wonder|mean|think|guess|do not|don['’]t)[^?]{3,}$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex OfOneself();
}
