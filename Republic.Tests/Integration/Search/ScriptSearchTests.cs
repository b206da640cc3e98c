using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Search;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Search;

/// <summary>What was said is found in every script, with the sentence in which it was said.</summary>
public sealed class ScriptSearchTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>What was said, what is searched for, and what is marked of it.</summary>
    private static readonly (string Said, string Asked, string Marked)[] Scripts =
    [
        ("Das Café öffnet um neun in der Straße.", "CAFE strasse", "Café|Straße"),
        ("Η βιβλιοθήκη ανοίγει στις εννέα.", "ΒΙΒΛΙΟΘΗΚΗ στισ", "βιβλιοθήκη|στις"),
        ("Библиотека открыта каждый день.", "библиотека КАЖДЫЙ", "Библиотека|каждый"),
        ("المَكتَبةُ مفتوحةٌ كلَّ يوم.", "المكتبة مفتوحة", "المَكتَبةُ|مفتوحةٌ"),
        ("הַסִּפְרִיָּה פתוחה בכל יום.", "הספריה פתוחה", "הַסִּפְרִיָּה|פתוחה"),
        ("पुस्तकालय हर दिन खुला है।", "पुस्तकालय दिन", "पुस्तकालय|दिन"),
        ("ห้องสมุดเปิดทุกวัน", "ห้องสมุด", "ห้องสมุด"),
        ("图书馆每天开放。", "图书馆", "图书馆"),
        ("東京の図書館は九時に開く。", "図書館", "図書館"),
        ("도서관은 매일 열려 있다.", "도서관", "도서관"),
        ("Thư viện mở cửa mỗi ngày.", "thu vien mo cua", "Thư|viện|mở|cửa"),
        ("We met at the 🦊🍕 last week.", "🦊", "🦊"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SearchReader Reader => republic.Services.GetRequiredService<SearchReader>();

    [Fact]
    public async Task Each_script_is_found_with_its_sentence_and_the_words_are_marked()
    {
        var person = await republic.NewPersonAsync("Scripts");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("polyglot")).Id);
        var chat = await chats.ChatAsync();
        foreach (var (said, _, _) in Scripts)
        {
            await chats.AnswersAsync(chat, 1, said: $"First something else. {said}");
        }

        await SearchIndex.ReadyAsync(republic, person);
        List<string> wrong = [];
        foreach (var (said, asked, marked) in Scripts)
        {
            var found = await FindAsync(person, asked);
            var one = found is [var single] ? single : null;
            var marks = one is null ? "" : string.Join('|', Marked(one));
            if (one is null || !one.Snippet.StartsWith(said, StringComparison.Ordinal) || one.Conversation != chat || marks != marked)
            {
                wrong.Add($"{asked}: {found.Count} found, {one?.Snippet}, {marks}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Signs_and_quotes_are_words_and_a_word_is_found_by_its_beginning()
    {
        var person = await republic.NewPersonAsync("Signs");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("signs")).Id);
        await chats.AnswersAsync(
            await chats.ChatAsync(),
            1,
            said: """Write 100% of `a_b` in 'single' and "double" quotes below C:\temp."""
        );
        await SearchIndex.ReadyAsync(republic, person);

        foreach (var asked in (string[])["""%_'"\""", "\\", "\"double quotes\"", "sing", "100%", "ouble"])
        {
            Assert.Equal(asked == "ouble" ? 0 : 1, (await FindAsync(person, asked)).Count);
        }

        var signs = Assert.Single(await FindAsync(person, """%_'"\"""));
        Assert.Equal("""%_''""\""", string.Concat(Marked(signs)));
    }

    [Fact]
    public async Task A_million_characters_in_all_scripts_are_indexed_once_and_found_with_the_sentence()
    {
        var person = await republic.NewPersonAsync("Million");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("million")).Id);
        var said = string.Concat(Enumerable.Range(0, 19_000).Select(i => $"Satz {i} über 图书{i}, книгу{i} und คำ{i}.\n"));
        said = $"{said.PadRight(999_000, '。')}\nThe quince ripens in its {new string('é', 300)} garden.";
        var answer = Assert.Single(await chats.AnswersAsync(await chats.ChatAsync(), 1, said: said));
        await SearchIndex.ReadyAsync(republic, person);
        var before = await WrittenAsync(answer);

        await republic.Services.GetRequiredService<SearchIndexer>().SweepAsync(Ct);

        Assert.Equal(before, await WrittenAsync(answer));
        var found = Assert.Single(await FindAsync(person, "QUINCE ripens"));
        Assert.StartsWith("The quince ripens in its", found.Snippet, StringComparison.Ordinal);
        Assert.InRange(found.Snippet.Length, 100, 200);
        Assert.Equal(["quince", "ripens"], Marked(found));
    }

    private async Task<IReadOnlyList<SearchResult>> FindAsync(Inhabitant person, string text)
    {
        var query = new SearchQuery(text) { Kind = SearchKinds.Message };
        var found = await Reader.FindAsync(person.Id, isSuperuser: false, query, Ct);
        Assert.True(found.Ok, found.Failure?.Message);
        return found.Value.Results;
    }

    private static IEnumerable<string> Marked(SearchResult result) =>
        result.Marks.Select(mark => result.Snippet.Substring(mark.Begin, mark.Length));

    /// <summary>The transaction that wrote the words of a message.</summary>
    private Task<string> WrittenAsync(Guid message) =>
        republic.QueryAsync(db =>
            db.Database.SqlQuery<string>($"""select xmin::text as "Value" from message_words where id = {message}""").SingleAsync(Ct)
        );
}
