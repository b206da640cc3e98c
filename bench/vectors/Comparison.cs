using System.Diagnostics;
using System.Text.Json;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Bench;

/// <summary>Both sides with the same vectors and the same questions, in turns.</summary>
/// <param name="chroma">Null where it is not installed: then Republic alone is measured.</param>
/// <param name="stretch">How long each side is asked in a round.</param>
internal sealed class Comparison(Site republic, ChromaServer? chroma, Vectors vectors, int rounds, TimeSpan stretch)
{
    private const string None = "not installed";
    private const int PassagesInADocument = 500;
    private const int IngestedInTurns = 20_000;
    private const int AskedForRecall = 200;
    private readonly List<Guid> ids = [.. vectors.Passages.Select(_ => Guid.CreateVersion7())];

    public async Task RunAsync()
    {
        Console.WriteLine(
            $"\n{vectors.Passages.Length:n0} x {Vectors.Length}\n\n| figure | Republic | Chroma | ratio (pairs) |\n| --- | --- | --- | --- |"
        );
        var turns = vectors.Passages.Length <= IngestedInTurns ? rounds : 1;
        var ingested = new List<(double Ours, double? Theirs)>();
        Filled ours = null!;
        Guid theirs = default;
        for (var round = 0; round < turns; round++)
        {
            var started = Stopwatch.GetTimestamp();
            ours = await FillOursAsync($"bench {vectors.Passages.Length} {round}");
            var ourTime = Stopwatch.GetElapsedTime(started);
            double? theirRate = null;
            if (chroma is not null)
            {
                started = Stopwatch.GetTimestamp();
                theirs = await FillTheirsAsync(chroma);
                theirRate = vectors.Passages.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            ingested.Add((vectors.Passages.Length / ourTime.TotalSeconds, theirRate));
        }

        Print($"vectors stored and searchable, per second{(turns == 1 ? " (one round)" : "")}", ingested, "n0");
        await RecallAsync(ours, theirs);
        foreach (var clients in new[] { 1, 4 })
        {
            var asked = new List<(double, double?)>();
            for (var round = 0; round < rounds; round++)
            {
                var our = await RateAsync(clients, question => ours.FindAsync(vectors.Questions[question]));
                asked.Add((our, chroma is null ? null : await RateAsync(clients, question => chroma.AskAsync(theirs, bodies[question]))));
            }

            Print($"questions a second, {clients} at once", asked, "n0");
        }
    }

    private readonly byte[][] bodies = [.. vectors.Questions.Select(ChromaServer.Question)];

    /// <summary>Documents, passages and vectors in PostgreSQL, committed, until the last of them is found.</summary>
    private async Task<Filled> FillOursAsync(string model)
    {
        var collection = await republic.NewCollectionAsync();
        for (var from = 0; from < ids.Count; from += PassagesInADocument)
        {
            await StoreAsync(collection, model, from);
        }

        var filled = new Filled(
            republic.NewIndex(),
            new VectorSpace(republic.Owner, collection.Id, model),
            new CollectionState(model, ids.Count)
        );
        Expect(await filled.FindAsync(vectors.Passages[^1]), stored[^1]);
        return filled;
    }

    private Guid[] stored = [];

    private async Task StoreAsync(Collection collection, string model, int from)
    {
        var texts = Enumerable.Range(from, PassagesInADocument).Select(i => $"Passage {i}");
        var (document, passages) = republic.NewDocument(collection, "simple", texts);
        await republic.Store.AddAsync(
            republic.Owner,
            model,
            passages.Select(passage => passage.Hash),
            vectors.Passages.AsSpan(from, PassagesInADocument).ToArray(),
            CancellationToken.None
        );
        await republic.AddAsync(document, passages);
        stored = from == 0 ? [.. passages.Select(passage => passage.Id)] : [.. stored, .. passages.Select(passage => passage.Id)];
    }

    private async Task<Guid> FillTheirsAsync(ChromaServer chroma)
    {
        var collection = await chroma.NewAsync();
        for (var from = 0; from < ids.Count; from += 2 * PassagesInADocument)
        {
            var count = Math.Min(2 * PassagesInADocument, ids.Count - from);
            var document = new DocumentVectors(
                Guid.CreateVersion7(),
                1,
                [.. ids.GetRange(from, count)],
                [.. vectors.Passages.AsSpan(from, count).ToArray().SelectMany(vector => vector)]
            );
            await chroma.Client.AddAsync(collection, republic.Owner, document, CancellationToken.None);
        }

        Expect(Ids(await chroma.AskAsync(collection, ChromaServer.Question(vectors.Passages[^1]))), ids[^1]);
        return collection;
    }

    private async Task RecallAsync(Filled ours, Guid theirs)
    {
        var (our, their) = (0, 0);
        for (var i = 0; i < AskedForRecall; i++)
        {
            var exact = vectors.Exact(vectors.Questions[i]);
            our += (await ours.FindAsync(vectors.Questions[i])).Intersect(exact.Select(place => stored[place])).Count();
            their += chroma is null
                ? 0
                : Ids(await chroma.AskAsync(theirs, bodies[i])).Intersect(exact.Select(place => ids[place])).Count();
        }

        const double all = AskedForRecall * Vectors.Nearest;
        var found = chroma is null ? None : $"{their / all:0.0000}";
        Console.WriteLine($"| of the 10 nearest by 32-bit numbers, found | {our / all:0.0000} | {found} | |");
    }

    private async Task<double> RateAsync<T>(int clients, Func<int, Task<T>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var answered = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client))));
        return answered.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task<int> ClientAsync(int client)
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(started) < stretch; count++)
            {
                await ask(((client * 97) + count) % vectors.Questions.Length);
            }

            return count;
        }
    }

    private static void Expect(IReadOnlyList<Guid> found, Guid wanted)
    {
        if (!found.Contains(wanted))
        {
            throw new InvalidOperationException("What was stored last is not found.");
        }
    }

    private static List<Guid> Ids(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("ids")[0].EnumerateArray().Select(id => id.GetGuid())];
    }

    private static void Print(string figure, List<(double Ours, double? Theirs)> pairs, string format)
    {
        var ours = Median(pairs.Select(pair => pair.Ours)).ToString(format);
        var theirs = pairs.Select(pair => pair.Theirs).OfType<double>().ToList();
        if (theirs.Count == 0)
        {
            Console.WriteLine($"| {figure} | {ours} | {None} | |");
            return;
        }

        var ratios = pairs.Zip(theirs, (pair, their) => pair.Ours / their).Order().ToList();
        Console.WriteLine(
            $"| {figure} | {ours} | {Median(theirs).ToString(format)} | {ratios[ratios.Count / 2]:0.0} ({ratios[0]:0.0} to {ratios[^1]:0.0}) |"
        );
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Filled(MemoryIndex Index, VectorSpace Space, CollectionState State)
    {
        public async Task<List<Guid>> FindAsync(float[] question)
        {
            var answer = await Index.FindAsync(Space, State, question, Vectors.Nearest, CancellationToken.None);
            return [.. answer.Value!.Hits.Select(hit => hit.Passage)];
        }
    }
}
