using System.Text.RegularExpressions;
using Republic.Core.Answering.Traces;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Answering.Stages;

/// <summary>The answer of a model that is too small to make use of memories: asked about the person, it quotes what they said.</summary>
/// <param name="Memories">Those that are quoted, the best first.</param>
/// <param name="Fit">How well the best of them fits the question, 0 to 1, as the score of a passage is.</param>
internal sealed partial record Recollection(IReadOnlyList<RecalledMemory> Memories, double Fit)
{
    private const int MostQuoted = 2;

    /// <summary>Share of the best fit below which a memory is about something else.</summary>
    private const double LeastOfBest = 0.5;

    public string Text =>
        string.Join(" ", Quoted("You told me", isOfEpisode: false).Concat(Quoted("In an episode I learned", isOfEpisode: true)));

    /// <summary>Source of the best of them.</summary>
    public StageLink? Source =>
        Memories[0] switch
        {
            { ConversationId: { } chat, MessageId: { } message } => new StageLink(
                "Where you said it",
                $"/chats/{chat}?message={message}#m-{message}"
            ),
            { EpisodeId: { } episode } => new StageLink("The episode", $"/episodes/{episode}"),
            { Id: { } id } => new StageLink("Your memories", $"/memories#memory-{id}"),
            _ => null,
        };

    /// <summary>The question is about the person who asks.</summary>
    public static bool IsAskedFor(string question) => OfOneself().IsMatch(question);

    /// <summary>The question is about somebody or something that may have been told of: “What is the dog's name?”, “What was the title?”</summary>
    public static bool IsAskedOfSomebody(string question) => OfSomebody().IsMatch(question);

    /// <summary>The question is about what the person is, has or did, and not about what they may do: “What do I teach?”</summary>
    public static bool IsAskedOfTheLife(string question) => OfTheLife().IsMatch(question);

    /// <summary>Null: nothing that fits is remembered.</summary>
    public static Recollection? Of(IReadOnlyList<RecalledMemory> memories, string question)
    {
        var fitting = memories.Where(memory => memory.Fits).Select(memory => (Memory: memory, Fit: FitOf(memory, question))).ToList();
        var best = fitting.Count == 0 ? 0 : fitting.Max(rated => rated.Fit);
        if (best == 0)
        {
            return null;
        }

        var quoted = fitting.Where(rated => rated.Fit >= best * LeastOfBest).Take(MostQuoted).Select(rated => rated.Memory);
        return new Recollection([.. quoted], best);
    }

    /// <summary>Documents have nothing to add to it.</summary>
    public bool IsBetterThan(FoundPassages found) => Fit >= found.Best;

    /// <summary>It may be what was asked for as well as the documents.</summary>
    public bool GoesWith(FoundPassages found) => Fit >= found.Best * LeastOfBest || Memories.Any(memory => memory.Likeness > 0);

    /// <summary>The share of what the question names that a text holds too; all of it where it names nothing.</summary>
    public static double Share(string question, string text)
    {
        var asked = QueryPlanner.Words(question).Where(QueryPlanner.IsSubject).Distinct().ToList();
        var words = QueryPlanner.Words(text);
        return asked.Count == 0 ? 1 : (double)asked.Count(word => QueryPlanner.Holds(words, word)) / asked.Count;
    }

    /// <summary>The fit of a text to the question, 0 to 1: wholly where it tells the very fact that is asked for, else by its share.</summary>
    public static double FitOf(string question, string text) =>
        PersonalFact.Answers(text, question) ? 1
        : PersonalFact.IsAsked(question) && !NamesAny(question) ? 0
        : Share(question, text);

    private IEnumerable<string> Quoted(string how, bool isOfEpisode)
    {
        List<string> quoted = [.. Memories.Where(memory => memory.IsOfEpisode == isOfEpisode).Select(memory => $"“{memory.Content}”")];
        return quoted.Count == 0 ? [] : [$"{how}: {string.Join(" ", quoted)}"];
    }

    private static double FitOf(RecalledMemory memory, string question) => Math.Max(FitOf(question, memory.Content), memory.Likeness);

    private static bool NamesAny(string question) => QueryPlanner.Words(question).Exists(QueryPlanner.IsSubject);

    [GeneratedRegex(
        @"\b(did|have) (i|we) (say|tell|told|said|mention)\b|\b(i|we) (said|told you|mentioned)\b|^\W*((so|and|but|ok|okay|hey|lol|hm+)\b[\s,.]*)*(what|whats|what['’]s|who|whos|who['’]s|how (many|old|long)) .*\b(his|her|their|our|we|was (the|his|her)|(is|was|are) the \w+ (called|named)|the \w+(['’]?s)? (name|title))\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex OfSomebody();

    [GeneratedRegex(
        @"\b(my|our|mein\w*|unser\w*)\b|\b(am|was|did|do|have|had) (i|we)\b|\bi (am|was|do|did|have|had|live|work|teach|study|said)\b|\b(bin|habe|wohne|arbeite|hei(ß|ss)e) ich\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex OfTheLife();

    [GeneratedRegex(
        @"\b(my|mine|i|me|mein|meine|meinen|meinem|meiner|ich|mir|mich)\b.*\?\s*$|^((so|and|but|hey|ok|okay|well|now|und|also)\b[,\s]*)*(what|whats|what['’]s|who|whos|who['’]s|where|wheres|where['’]s|wer|wo|wie)(\s+(is|are|was|am|do|did|ist|sind|bin|hei(ß|ss)e|hei(ß|ss)t|wohne|arbeite))?\s+(my|i|mein|meine|ich)\b|\b(do you (know|remember)|weißt du|erinnerst du dich)\b.*\b(my|i|me|mein\w*|ich|mir|mich)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex OfOneself();
}
