using System.Text.RegularExpressions;
using Republic.Core.Knowledge.Reading;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Intents;

/// <summary>
/// What a small model makes of a message, held against what it means. Such a model has an answer to everything, and most of what people say is
/// nothing that it learned; so its answer counts where it belongs to an intent that the message is near to. Else the model is asked the nearest
/// utterance that it learned, and where none is near, one that it declines.
/// </summary>
internal sealed partial class IntentDecision
{
    public const string Declined = "unknown";

    private const string Told = "told";
    private const string Agreed = "agree";
    private const string OtherLanguage = "languages";
    private const string Introduced = "i-am";

    /// <summary>This takes a name from what was said before.</summary>
    private const string OfHistory = "my-name";

    /// <summary>These are questions, and no statement is one of them.</summary>
    private static readonly string[] Questions = [Declined, "asked", OfHistory];

    /// <summary>And no question is one of these.</summary>
    private static readonly string[] Statements = [Told, Introduced, Agreed, "thanks", "praise"];

    // Small talk is forgiving: what is near to a greeting is mostly one. Two questions about Republic may be as near to each other and have
    // nothing in common but their subject.
    private const double LeastOfReaction = 0.5;
    private const double LeastToReplaceByReaction = 0.55;
    private const double LeastOfTalk = 0.55;
    private const double LeastToReplaceByTalk = 0.62;
    private const double LeastOfRepublic = 0.62;
    private const double LeastToReplaceByRepublic = 0.7;

    /// <summary>The most likeness that an answer's intent may lack of the nearest one: with less it is an answer to something else.</summary>
    private const double MostBehind = 0.12;

    /// <summary>The most that it may lack where the message is nearly one of the utterances.</summary>
    private const double MostBehindTheSame = 0.04;

    private const double TheSame = 0.85;

    /// <summary>A statement of fewer words tells nothing, and is a reaction.</summary>
    private const int FewestToTell = 4;

    private const char LastLatin = 'ɏ';

    private readonly string message;
    private readonly IReadOnlyList<IntentMatch> matches;

    /// <param name="matches">Of <see cref="ModelIntents.Match"/>, all intents of the model.</param>
    public IntentDecision(string message, IReadOnlyList<IntentMatch> matches)
    {
        (this.message, this.matches) = (MessageText.Whole(message), matches);
        Before = Replaced();
    }

    /// <summary>The reading of a message that is too long to be anything that was learned, or holds no words.</summary>
    public IntentDecision(IntentMatch declined)
    {
        (message, matches, Before) = ("", [declined], declined);
    }

    /// <summary>The intent whose utterance the model is asked in place of the message; null where it is asked the message itself.</summary>
    public IntentMatch? Before { get; }

    private IntentMatch Nearest => matches[0];

    /// <summary>The intent whose utterance the model is asked after it gave an answer; null where the answer counts.</summary>
    /// <param name="intent">Of the answer; null where it is none that was learned.</param>
    public IntentMatch? After(string? intent)
    {
        if (IsIntroduction)
        {
            return intent is Introduced or Told ? null : Of(Told);
        }

        if (intent == Declined)
        {
            return IsNear(Nearest) ? Nearest : Unanswered(orNull: true);
        }

        var behind = Nearest.Likeness >= TheSame ? MostBehindTheSame : MostBehind;
        var answered = Match(intent);
        return answered is not null && MayBe(answered) && answered.Likeness >= Math.Max(LeastOf(answered), Nearest.Likeness - behind) ? null
            : IsNear(Nearest) ? Nearest
            : Unanswered();
    }

    /// <summary>True for an intent whose answer is taken from earlier messages, which are sent too.</summary>
    public static bool NeedsHistory(IntentMatch asked) => asked.Intent == OfHistory;

    private IntentMatch? Replaced() =>
        IsIntroduction ? null
        : IsNear(Nearest) ? null
        : !IsEnglish ? Of(OtherLanguage)
        : IsStatement || Nearest.Likeness < LeastOf(Nearest) ? Unanswered()
        : null;

    /// <summary>The intent of the answer to a message that the model learned nothing for: a question is declined, and a statement is not.</summary>
    /// <param name="orNull">The model declined it already.</param>
    private IntentMatch? Unanswered(bool orNull = false) =>
        IsStatement ? Of(MessageText.Words(message) >= FewestToTell || OfOneself().IsMatch(message) ? Told : Agreed)
        : orNull ? null
        : Of(Declined);

    private bool IsStatement => !MessageText.IsQuestion(message);

    private bool IsNear(IntentMatch match) =>
        match.Intent != Declined
        && MayBe(match)
        && match.Likeness
            >= (
                !match.IsTalk ? LeastToReplaceByRepublic
                : IsStatement ? LeastToReplaceByReaction
                : LeastToReplaceByTalk
            );

    private double LeastOf(IntentMatch match) =>
        !match.IsTalk ? LeastOfRepublic
        : IsStatement ? LeastOfReaction
        : LeastOfTalk;

    /// <summary>True for an intent that fits the message's form: a statement has none of a question, nor a question one of a statement.</summary>
    private bool MayBe(IntentMatch match) => !(IsStatement ? Questions : Statements).Contains(match.Intent);

    /// <summary>The person says who they are, and the model takes the name from the message itself.</summary>
    private bool IsIntroduction => IsStatement && (Nearest.Intent == Introduced || Introduction().IsMatch(message));

    /// <summary>A name in another script does not make another language.</summary>
    private bool IsEnglish =>
        message.Count(letter => char.IsLetter(letter) && letter > LastLatin) * 2 <= message.Count(char.IsLetter)
        && (LanguageGuess.Of(message) is "english" or "simple" || English().IsMatch(message));

    private IntentMatch Of(string intent) => Match(intent)!;

    private IntentMatch? Match(string? intent) => matches.FirstOrDefault(match => match.Intent == intent);

    /// <summary>The guess needs longer texts: these words are in no other language that people write here.</summary>
    [GeneratedRegex(
        @"\b(?:the|you|your|is|are|was|my|what|how|i|i['’]m|don['’]t|can|this|that|it|with|and|tell|give|write|please|thanks|have|not|of|for)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex English();

    [GeneratedRegex(
        @"(^|[.!,;]\s*|\b(and|ok|okay|so|hi|hello|hey|well|oh|no|sorry|then|btw|by the way) )((my name is|my name['’]s|call me|people call me|the name is|i am called|i['’]m called) \p{L}|(i am|i['’]m|this is) (the |Dr\.? |Mr\.? |Mrs\.? |Ms\.? |Professor )?(?-i:[\p{Lu}\p{Lo}]))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Introduction();

    [GeneratedRegex(
        @"(^|[.!,;]\s*)((by the way|also|and|so|well|oh|actually|ok|okay)\b[\s,]*)*(i|i['’](m|ve)|we|my|our) ",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex OfOneself();
}
