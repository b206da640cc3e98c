using System.Net.Http.Headers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Two processes on one database, and one that goes away.</summary>
public sealed class NodeTests(TestDatabases databases) : IAsyncLifetime
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly Node first = new(databases);
    private SecondNode second = null!;
    private Inhabitant mira = null!;

    public async ValueTask InitializeAsync()
    {
        await first.InitializeAsync();
        mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
        second = new SecondNode(databases, first, MasterKey);
        await second.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Another_node_streams_the_answer_stops_it_and_resumes_the_streams_of_the_first()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var here = await Chat.BeginAsync(mira, vendor, "nodes");
        using var thereHttp = new HttpClient { BaseAddress = second.Address };
        thereHttp.DefaultRequestHeaders.Authorization = mira.Api.Http.DefaultRequestHeaders.Authorization;
        var there = new Chat(new ApiClient(thereHttp), here.Id);
        var answer = await here.SayAsync("Hi");
        hand.Says("Before ");
        using var onFirst = await here.ListenAsync();
        var begun = await onFirst.UntilAsync("trace");
        while (!Chat.TextOf(begun, answer).EndsWith("Before "))
        {
            begun.Add((await onFirst.NextAsync())!);
        }

        using var onSecond = await there.ListenAsync(begun[^1].Id);
        var heard = new List<StreamedEvent>();
        foreach (var word in Enumerable.Range(1, 20).Select(i => $"word{i} "))
        {
            hand.Says(word);
            while (!Chat.TextOf(heard, answer, "Before ").EndsWith(word))
            {
                heard.Add((await onSecond.NextAsync())!);
            }
        }

        await there.StopAsync(answer);
        heard.AddRange(await onSecond.UntilAsync("done"));
        await hand.ClientGone;

        var end = await here.MessageAsync(answer);
        Assert.Equal("stopped", Chat.State(end));
        Assert.Equal(Chat.Content(end), Chat.TextOf(heard, answer, "Before "));
    }

    [Fact]
    public async Task A_process_that_goes_down_leaves_its_answers_interrupted_with_what_came()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "downer");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Half an ");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);

        await first.RestartAsync();

        var end = await chat.EndOfAsync(answer);
        Assert.Equal("interrupted", Chat.State(end));
        Assert.Equal("Half an ", Chat.Content(end));
        vendor.Answers("Whole");
        await mira.Api.PostAsync($"/api/messages/{answer}/regenerate");
        Assert.Equal("Whole", Chat.Content(await chat.EndOfAsync((await chat.MessagesAsync())[^1]["id"]!.GetValue<Guid>())));
    }

    private sealed class Node(TestDatabases databases) : EmptyRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("API_KEY_ENCRYPTION_KEY", MasterKey)];
    }
}
