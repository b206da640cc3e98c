using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Search;
using Republic.Core.Search.Words;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Search;

/// <summary><c>GET /api/search</c>: its filters, its pages and what it refuses.</summary>
public sealed class SearchApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_comes_with_its_chat_its_page_and_when_it_was_said()
    {
        var person = await republic.NewPersonAsync("Finds");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("finds")).Id);
        var chat = await chats.ChatAsync();
        var answer = Assert.Single(await chats.AnswersAsync(chat, 1, said: "Zinnias need sun. They are sown in May."));
        await SearchIndex.ReadyAsync(republic, person);

        var found = await person.Api.GetAsync("/api/search?q=zinnias%20sun");

        var result = Assert.Single(found["results"]!.AsArray())!;
        Assert.Equal(("message", "Planted", "Zinnias need sun."), (Text(result, "kind"), Text(result, "title"), Text(result, "snippet")));
        Assert.Equal((answer.ToString(), chat.ToString()), (Text(result, "id"), Text(result, "conversation_id")));
        Assert.Equal($"/chats/{chat}?message={answer}#m-{answer}", Text(result, "url"));
        Assert.True(result["at"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
        Assert.Null(found["next_cursor"]);
    }

    [Fact]
    public async Task It_is_narrowed_to_a_minion_a_kind_and_a_time()
    {
        var person = await republic.NewPersonAsync("Narrows");
        var (sage, other) = (await person.NewMinionAsync("sage"), await person.NewMinionAsync("other"));
        var withSage = new PlantedChats(republic, person, sage.Id);
        await withSage.AnswersAsync(await withSage.ChatAsync(), 1, said: "The heron stands in the pond.");
        var withOther = new PlantedChats(republic, person, other.Id);
        await withOther.AnswersAsync(await withOther.ChatAsync(), 1, said: "A heron flew over the house.");
        await person.Api.PostAsync("/api/tasks", new { title = "Paint the heron" });
        await SearchIndex.ReadyAsync(republic, person);

        Assert.Equal(["task", "message", "message"], await KindsAsync(person, "q=heron"));
        Assert.Equal(["message"], await KindsAsync(person, $"q=heron&minion_id={sage.Id}"));
        Assert.Equal(["conversation", "conversation"], await KindsAsync(person, "q=planted"));
        Assert.Equal(["conversation"], await KindsAsync(person, $"q=planted&minion_id={other.Id}"));
        Assert.Equal(["task"], await KindsAsync(person, "q=heron&kind=task"));
        Assert.Equal(3, (await KindsAsync(person, "q=heron&from=2020-01-01T00:00:00Z&until=2999-01-01T00:00:00%2B02:00")).Count);
        Assert.Empty(await KindsAsync(person, "q=heron&from=2999-01-01T00:00:00Z"));
        Assert.Empty(await KindsAsync(person, "q=heron&until=2020-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task Pages_follow_each_other_over_all_kinds_without_a_gap()
    {
        var person = await republic.NewPersonAsync("Pages");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("pages")).Id);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 5, said: "The otter swims in the river.");
        await person.Api.PutAsync($"/api/conversations/{chat}", new { title = "Otters" });
        foreach (var title in (string[])["Feed the otter", "Count the otters"])
        {
            await person.Api.PostAsync("/api/tasks", new { title });
        }

        await SearchIndex.ReadyAsync(republic, person);
        List<JsonNode> results = [];
        string? cursor = null;
        do
        {
            var page = await person.Api.GetAsync($"/api/search?q=otter&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            var found = page["results"]!.AsArray();
            Assert.InRange(found.Count, 0, 3);
            results.AddRange(found.Select(result => result!));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);

        Assert.Equal(
            ["task", "task", "conversation", "message", "message", "message", "message", "message"],
            results.Select(result => Text(result, "kind"))
        );
        Assert.Equal(8, results.DistinctBy(result => Text(result, "id")).Count());
        var times = results.Skip(3).Select(result => result["at"]!.GetValue<DateTimeOffset>()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task A_new_title_is_found_and_the_old_one_is_not()
    {
        var person = await republic.NewPersonAsync("Renames");
        var chat = await new PlantedChats(republic, person, (await person.NewMinionAsync("renames")).Id).ChatAsync();
        await SearchIndex.ReadyAsync(republic, person);
        Assert.Equal(["conversation"], await KindsAsync(person, "q=planted"));

        await person.Api.PutAsync($"/api/conversations/{chat}", new { title = "Crème brûlée" });
        await SearchIndex.ReadyAsync(republic, person);

        Assert.Equal(["conversation"], await KindsAsync(person, "q=creme%20BRULEE"));
        Assert.Empty(await KindsAsync(person, "q=planted"));
    }

    [Fact]
    public async Task Names_are_found_by_parts_of_them_and_percent_is_a_sign()
    {
        var person = await republic.NewPersonAsync("Names");
        foreach (var title in (string[])["Save 100% now", "Save 1000 now"])
        {
            await person.Api.PostAsync("/api/tasks", new { title });
        }

        Assert.Equal(["Save 100% now"], await TitlesAsync(person, "q=100%25&kind=task"));
        Assert.Equal(["Save 1000 now", "Save 100% now"], await TitlesAsync(person, "q=ave%20OW&kind=task"));
        Assert.Equal(["Save 100% now"], await TitlesAsync(person, "q=T-1&kind=task"));
    }

    [Fact]
    public async Task Settings_are_found_and_those_of_superusers_by_superusers_alone()
    {
        Assert.Equal(["Access tokens"], await TitlesAsync(republic.Jonas, "q=access%20token&kind=setting"));
        Assert.Empty(await TitlesAsync(republic.Jonas, "q=audit%20log&kind=setting"));
        Assert.Equal(["Audit log"], await TitlesAsync(republic.Mira, "q=audit%20log&kind=setting"));
        var browser = await republic.Mira.BrowserAsync();
        foreach (var page in SettingPage.All)
        {
            using var answer = await browser.GetAsync(page.Address.Split('#')[0]);
            Assert.True(answer.IsSuccessStatusCode, $"{page.Address}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("", "q", "Say what to search for")]
    [InlineData("q=%20%E2%80%8B", "q", "Say what to search for")]
    [InlineData("q=x&kind=planet", "kind", "kind is one of minion, task")]
    [InlineData("q=x&kind=task&cursor=message-8dd10-0190000000007000800000000000000a", "cursor", "not a cursor")]
    public async Task What_cannot_be_searched_for_is_refused_with_the_reason(string query, string field, string words)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"/api/search?{query}");

        Assert.Contains(words, (string)problem["errors"]![field]![0]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    public async Task A_search_of_ten_thousand_characters_is_refused_with_the_limit(char letter)
    {
        var text = Uri.EscapeDataString(new string(letter, 10_000));

        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"/api/search?q={text}");

        Assert.Contains("at most 1,000 characters, and this one has 10,000", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_behind_the_newest_is_found_by_the_index()
    {
        var person = await republic.NewPersonAsync("Behind");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("behind")).Id);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 1, said: "The walrus sleeps on the ice.");
        await SearchIndex.ReadyAsync(republic, person);
        await PlantManyAsync(person, chat);

        Assert.Equal(["message"], await KindsAsync(person, "q=walrus%20ice"));
        Assert.Empty(await KindsAsync(person, "q=walrus%20filler"));
        Assert.Equal(["conversation"], await KindsAsync(person, "q=planted"));
        Assert.Equal(50, (await KindsAsync(person, "q=filler&kind=message&limit=50")).Count);
        Assert.Empty(await KindsAsync(republic.Ada, "q=walrus"));
    }

    [Fact]
    public async Task What_was_said_lately_and_long_ago_stands_on_one_page()
    {
        var person = await republic.NewPersonAsync("Lately");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("lately")).Id);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 1, said: "The heron waits in the reeds.");
        await SearchIndex.ReadyAsync(republic, person);
        Assert.Equal(1, await InTheirMonthAsync(person, "heron"));
        await PlantManyAsync(person, chat, "heron");
        Assert.Equal(4, await InTheirMonthAsync(person, "heron"));

        Assert.Equal(3, (await KindsAsync(person, "q=heron&kind=message&limit=3")).Count);
        Assert.Equal(4, (await KindsAsync(person, "q=heron&kind=message&limit=4")).Count);
        Assert.Equal(5, (await KindsAsync(person, "q=heron&kind=message&limit=50")).Count);
        Assert.Equal(2, (await KindsAsync(person, "q=heron%20reeds&kind=message&limit=50")).Count);
    }

    /// <summary>Messages that the index names by a word and by their month in UTC.</summary>
    private Task<int> InTheirMonthAsync(Inhabitant person, string word) =>
        republic.QueryAsync(db =>
            db.Database.SqlQuery<int>(
                    $"""
                    select count(*)::int as "Value" from message_words
                    where owner_id = {person.Id} and words @@ {word}::tsquery
                      and words @@ quote_literal('@' || to_char(said_at at time zone 'utc', 'YYYYMM'))::tsquery
                    """
                )
                .SingleAsync(Ct)
        );

    /// <summary>
    /// More chats and messages than are looked through one by one, all newer than those that are there, and one message of long ago. It holds
    /// the word, and so do three of the newest.
    /// </summary>
    private Task<int> PlantManyAsync(Inhabitant person, Guid chat, string word = "seldom")
    {
        var words = (string[])[TextWords.Of(person.Id), "filler"];
        var (lately, longAgo) = ((string[])[.. words, word], (string[])[TextWords.Of(person.Id), word, "reeds"]);
        return republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                with said as (
                  insert into messages (id, conversation_id, author_id, content, state, created_at, updated_at, omitted_messages, is_indexed)
                  select gen_random_uuid(), {chat}, {person.Id}, 'Filler', 'Complete', now() + n * interval '1 ms', now(), 0, true
                  from generate_series(1, 2100) n
                  union all select gen_random_uuid(), {chat}, {person.Id}, 'Of old', 'Complete', '2020-05-05'::timestamptz, now(), 0, true
                  returning id, created_at
                ), begun as (
                  insert into conversations (id, owner_id, title, created_at, updated_at, is_title_indexed)
                  select gen_random_uuid(), {person.Id}, 'Filler', now(), now() + n * interval '1 ms', true from generate_series(1, 2100) n returning id
                ), named as (
                  insert into title_words (id, owner_id, words) select id, {person.Id}, array_to_tsvector({words}) from begun
                )
                insert into message_words (id, owner_id, said_at, words)
                select id, {person.Id}, created_at, array_to_tsvector(case
                    when created_at < '2021-01-01' then {longAgo}
                    when row_number() over (order by created_at desc) % 700 = 1
                      then array_append({lately}, '@' || to_char(created_at at time zone 'utc', 'YYYYMM'))
                    else {words} end)
                from said
                """,
                Ct
            )
        );
    }

    private static async Task<IReadOnlyList<string?>> KindsAsync(Inhabitant person, string query) =>
        [.. (await person.Api.GetAsync($"/api/search?{query}"))["results"]!.AsArray().Select(result => Text(result!, "kind"))];

    private static async Task<IReadOnlyList<string?>> TitlesAsync(Inhabitant person, string query) =>
        [.. (await person.Api.GetAsync($"/api/search?{query}"))["results"]!.AsArray().Select(result => Text(result!, "title"))];

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
