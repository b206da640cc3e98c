using System.Diagnostics;
using Republic.Core;
using Republic.Core.Knowledge.Collections;

namespace Republic.Bench;

/// <summary>Passages found by their words alone, through PostgreSQL's full text index and all that a search does besides. There is no peer.</summary>
internal sealed class Words(Site republic, int count)
{
    private const int PassagesInADocument = 500;
    private const int WordsInAPassage = 100;
    private const int WordsInAQuestion = 5;
    private const int Vocabulary = 20_000;
    private const int Questions = 300;

    // A word has two letters for each digit of its place, to the base of 20: the first 400 are shorter than six.
    private const int ShortestWord = 2;
    private const int ShortestRareWord = 6;
    private readonly SeededRandom random = new(21);

    public async Task RunAsync()
    {
        var collection = await republic.NewCollectionAsync();
        var texts = Enumerable.Range(0, count).Select(_ => Text(WordsInAPassage)).ToArray();
        foreach (var some in texts.Chunk(PassagesInADocument))
        {
            var (document, passages) = republic.NewDocument(collection, "english", some);
            await republic.AddAsync(document, passages);
        }

        Console.WriteLine(
            $"""

            {count:n0} passages of {WordsInAPassage} words, {Questions} questions of {WordsInAQuestion} words from a passage, one after another

            | by words alone | p50 ms | p99 ms | passages found in the first {Vectors.Nearest} |
            | --- | --- | --- | --- |
            """
        );
        await AskAsync("any words", collection, texts, ShortestWord);
        await AskAsync("words that few passages hold", collection, texts, ShortestRareWord);
    }

    private async Task AskAsync(string kind, Collection collection, string[] texts, int shortest)
    {
        var search = republic.NewSearch();
        var (found, times) = (0, new List<double>());
        for (var i = 0; i < Questions; i++)
        {
            var text = texts[random.Next(count)];
            var words = Array.FindAll(text.Split(' '), word => word.Length >= shortest);
            var question = string.Join(' ', Enumerable.Range(0, WordsInAQuestion).Select(_ => words[random.Next(words.Length)]));
            var started = Stopwatch.GetTimestamp();
            var answer = await search.SearchAsync(republic.Owner, [collection.Id], question, Vectors.Nearest, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            found += answer.Value!.Hits.Any(hit => hit.Text == text) ? 1 : 0;
        }

        times.Sort();
        Console.WriteLine(
            $"| {kind} | {times[times.Count / 2]:0.0} | {times[times.Count * 99 / 100]:0.0} | {found / (double)Questions:0.00} |"
        );
    }

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word()));

    /// <summary>Words as common as in a language: the n-th a share of 1/n.</summary>
    private string Word()
    {
        var place = (int)Math.Pow(Vocabulary, random.NextDouble());
        var word = "";
        for (; place > 0; place /= 20)
        {
            word += "bcdfghklmnprstvwxzjq"[place % 20] + "aeiou"[place % 5].ToString();
        }

        return word;
    }
}
