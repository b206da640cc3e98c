using System.Net.Http.Headers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Two processes on one database, and one that goes away.</summary>
public sealed class NodeTests(NodeTests.Nodes nodes) : IClassFixture<NodeTests.Nodes>
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public async Task Another_node_streams_the_answer_stops_it_and_resumes_the_streams_of_the_first()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var here = await Chat.BeginAsync(nodes.Mira, vendor, "nodes");
        using var thereHttp = new HttpClient { BaseAddress = nodes.Second.Address };
        thereHttp.DefaultRequestHeaders.Authorization = nodes.Mira.Api.Http.DefaultRequestHeaders.Authorization;
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
        var chat = await Chat.BeginAsync(nodes.Mira, vendor, "downer");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Half an ");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);

        await nodes.First.RestartAsync();

        var end = await chat.EndOfAsync(answer);
        Assert.Equal("interrupted", Chat.State(end));
        Assert.Equal("Half an ", Chat.Content(end));
        vendor.Answers("Whole");
        await nodes.Mira.Api.PostAsync($"/api/messages/{answer}/regenerate");
        Assert.Equal("Whole", Chat.Content(await chat.EndOfAsync((await chat.MessagesAsync())[^1]["id"]!.GetValue<Guid>())));
    }

    public sealed class Nodes : IAsyncLifetime
    {
        private readonly Node first;

        public Nodes(TestDatabases databases)
        {
            first = new Node(databases);
            Second = new SecondNode(databases, first, MasterKey);
        }

        public EmptyRepublic First => first;

        public EmptyRepublic Second { get; }

        public Inhabitant Mira { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await first.InitializeAsync();
            Mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
            await Second.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Second.DisposeAsync();
            await first.DisposeAsync();
        }
    }

    private sealed class Node(TestDatabases databases) : EmptyRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("API_KEY_ENCRYPTION_KEY", MasterKey)];
    }
}
