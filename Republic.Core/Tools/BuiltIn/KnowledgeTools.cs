using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Data;
using Republic.Core.Knowledge;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tools that read the collections of a minion. Passages that they give are numbered, so that the answer can cite them.</summary>
internal sealed class KnowledgeTools(KnowledgeSearch search, PassageCards passages, IDbContextFactory<RepublicDb> databases)
{
    private const int MaxEachSide = 3;

    // More than are given: those below the threshold fall out.
    private const int SearchedFor = 4;

    private const string Rule = "Put the number of its passage in square brackets behind each fact that you take from these, like [1].";

    public BuiltInTool Search =>
        new(
            "search_knowledge",
            "Search knowledge",
            "its collections",
            ToolEffect.Reads,
            "Searches the documents that you may read, and gives the passages that fit best, each with its number."
        )
        {
            IsForKeys = true,
            Method = scope =>
                (
                    [Description("What to look for: a question or a few words, in the language of the documents.")] string query,
                    CancellationToken ct
                ) => SearchAsync(scope, query, ct),
        };

    public BuiltInTool Read =>
        new(
            "read_passage",
            "Read a passage",
            "whole, with its page",
            ToolEffect.Reads,
            "Reads on around a passage that has a number: the passage whole, and those that stand before and after it in its document."
        )
        {
            IsForKeys = true,
            Method = scope =>
                (
                    [Description("The number of the passage.")] int number,
                    [Description("How many passages before it, 0 to 3.")] int before = 0,
                    [Description("How many passages after it, 0 to 3.")] int after = 1,
                    CancellationToken ct = default
                ) => ReadAsync(scope, number, Math.Clamp(before, 0, MaxEachSide), Math.Clamp(after, 0, MaxEachSide), ct),
        };

    private async Task<string> SearchAsync(ToolScope scope, string query, CancellationToken ct)
    {
        var collections = await CollectionsAsync(scope, ct);
        if (collections.Count == 0)
        {
            throw new ToolException("There is no collection of documents that may be searched here.");
        }

        var byId = collections.ToDictionary(collection => collection.Id);
        var most = collections.Max(collection => collection.Retrieval.Limit);
        var found = await search.SearchAsync(
            scope.Person,
            [.. byId.Keys],
            query,
            Math.Min(KnowledgeSearch.MaxHits, most * SearchedFor),
            ct
        );
        if (!found.Ok)
        {
            throw new ToolException(found.Failure.Message);
        }

        var good = SelectedHits.Of(found.Value.Hits, id => byId[id].Retrieval).Take(most).Select(hit => Cited(hit)).ToList();
        return good.Count == 0
            ? $"Nothing in {KnowledgeStage.Names(collections)} fits this. Other words may find something."
            : Numbered(scope, good);
    }

    private async Task<string> ReadAsync(ToolScope scope, int number, int before, int after, CancellationToken ct)
    {
        var cited =
            scope.Session.Passages.FirstOrDefault(passage => passage.Number == number)
            ?? throw new ToolException($"No passage has the number {number}. Search first: what is found has numbers.");
        if (cited.Address is { } address)
        {
            throw new ToolException($"Passage {number} is a section of Republic’s help, whole as it is. It stands at {address}.");
        }

        if (!scope.Collections.Contains(cited.CollectionId))
        {
            throw new ToolException($"The collection of passage {number} may not be read here any more.");
        }

        var around = await AroundAsync(scope, cited, before, after, ct);
        return around.Ok ? Numbered(scope, around.Value) : throw new ToolException(around.Failure.Message);
    }

    private async Task<Outcome<List<CitedPassage>>> AroundAsync(
        ToolScope scope,
        CitedPassage cited,
        int before,
        int after,
        CancellationToken ct
    )
    {
        var itself = await passages.FindAsync(scope.Person, cited.CollectionId, cited.DocumentId, cited.PassageId, ct);
        if (!itself.Ok)
        {
            return Failure.Conflict($"Passage {cited.Number} is not in its document any more. Search again.");
        }

        var from = Math.Max(0, itself.Value.Ordinal - before);
        var count = itself.Value.Ordinal + after - from + 1;
        var page = await passages.PageAsync(scope.Person, cited.CollectionId, cited.DocumentId, from, count, ct);
        return page.Ok ? page.Value.Passages.Select(row => Cited(cited, row)).ToList() : page.Failure;
    }

    private async Task<List<LinkedCollection>> CollectionsAsync(ToolScope scope, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Collections.AsNoTracking()
            .OwnedBy(scope.Person)
            .Where(c => scope.Collections.Contains(c.Id))
            .OrderBy(c => c.Name)
            .Select(c => new LinkedCollection(c.Id, c.Name, c.Retrieval))
            .ToListAsync(ct);
    }

    /// <summary>Passages for the model, each under the number that it has or gets, with its whole text: the answer may have been given less of it before.</summary>
    private static string Numbered(ToolScope scope, List<CitedPassage> given)
    {
        scope.Session.HasReadOthers = true;
        var written = given.Select(passage => Grounding.Written(passage with { Number = scope.Session.Cite(passage).Number }));
        return $"{Rule}\n\n{string.Join("\n\n", written)}";
    }

    private static CitedPassage Cited(PassageHit hit) =>
        new(0, hit.CollectionId, hit.DocumentId, hit.PassageId, hit.Document, hit.Text, hit.Score)
        {
            Heading = hit.Heading,
            Page = hit.Page,
        };

    /// <summary>A passage beside one that is known. No search found it, so it has no score.</summary>
    private static CitedPassage Cited(CitedPassage known, PassageRow row) =>
        known with
        {
            PassageId = row.Id,
            Text = row.Text,
            Heading = row.Heading,
            Page = row.Page,
            Score = row.Id == known.PassageId ? known.Score : 0,
        };
}
