using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>One conversation as its person's client sees it.</summary>
internal sealed class Chat(ApiClient api, Guid id)
{
    public Guid Id => id;

    public static async Task<Chat> BeginAsync(Inhabitant person, Guid minion)
    {
        var made = await person.Api.PostAsync("/api/conversations", new { participants = new[] { minion } });
        return new Chat(person.Api, made["conversation"]!["id"]!.GetValue<Guid>());
    }

    public static async Task<Chat> BeginAsync(Inhabitant person, FakeVendor vendor, string minion) =>
        await BeginAsync(person, (await person.NewMinionAsync(minion, vendor)).Id);

    public async Task<Guid> SayAsync(string content) =>
        (await api.PostAsync($"/api/conversations/{id}/messages", new { content }))["answer_id"]!.GetValue<Guid>();

    /// <summary>Asks, and waits for the end of the answer.</summary>
    public async Task<JsonNode> AskAsync(string content) => await EndOfAsync(await SayAsync(content));

    public async Task<IReadOnlyList<JsonNode>> MessagesAsync() =>
        [.. (await api.GetAsync($"/api/conversations/{id}/messages"))["messages"]!.AsArray().Select(m => m!)];

    public async Task<JsonNode> MessageAsync(Guid message) => (await api.GetAsync($"/api/messages/{message}"))["message"]!;

    public async Task<JsonNode> EndOfAsync(Guid answer)
    {
        var message = await Until.SomethingAsync(async () =>
            await MessageAsync(answer) is var m && State(m) is not ("pending" or "streaming") ? m : null
        );
        return message;
    }

    /// <summary>The end of an answer that waited for its person, who has decided.</summary>
    public Task<JsonNode> EndedAsync(Guid answer) =>
        Until.SomethingAsync(async () =>
            await MessageAsync(answer) is var m && State(m) is not ("pending" or "streaming" or "waiting") ? m : null
        );

    public Task<JsonNode> StopAsync(Guid answer) => api.PostAsync($"/api/messages/{answer}/stop");

    public Task<JsonNode> RegenerateAsync(Guid message) => api.PostAsync($"/api/messages/{message}/regenerate");

    public Task<EventStream> ListenAsync(string? lastEventId = null) =>
        EventStream.OpenAsync(api.Http, $"/api/conversations/{id}/events", lastEventId);

    public static string State(JsonNode message) => message["state"]!.GetValue<string>();

    public static string Content(JsonNode message) => message["content"]!.GetValue<string>();

    /// <summary>What a client has of an answer that puts these events together and checks every offset.</summary>
    public static string TextOf(IEnumerable<StreamedEvent> events, Guid answer, string before = "")
    {
        var text = new StringBuilder(before);
        foreach (var (_, name, data) in events)
        {
            if (name == "message" && data["message"]!["id"]!.GetValue<Guid>() == answer)
            {
                text.Clear().Append(Content(data["message"]!));
            }
            else if (name == "delta" && data["message_id"]!.GetValue<Guid>() == answer)
            {
                Assert.Equal(text.Length, data["offset"]!.GetValue<int>());
                text.Append(data["text"]!.GetValue<string>());
            }
        }

        return text.ToString();
    }
}
