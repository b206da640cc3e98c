using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>A chat with a question and an answer, in both of which a word stands that stands nowhere else, of a person who has nothing else.</summary>
internal sealed record CanaryChat(IRepublic Republic, Inhabitant Person, FakeVendor Vendor, Guid Minion, Chat Chat, Guid Answer)
    : IAsyncDisposable
{
    public const string Word = "zanzibarquartz";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Guid Id => Chat.Id;

    public string Address => $"/api/conversations/{Id}";

    public static async Task<CanaryChat> BeginAsync(IRepublic republic, string name)
    {
        var person = await republic.NewPersonAsync(name);
        var vendor = new FakeVendor();
        vendor.Answers($"There is much {Word} here.");
        var minion = (await person.NewMinionAsync(name.ToLowerInvariant(), vendor)).Id;
        var chat = await Chat.BeginAsync(person, minion);
        var answer = await chat.AskAsync($"Where is {Word} found?");
        return new CanaryChat(republic, person, vendor, minion, chat, answer["id"]!.GetValue<Guid>());
    }

    public Task<JsonNode> DeleteAsync() => Person.Api.DeleteAsync(Address);

    public Task<JsonNode> RestoreAsync() => Person.Api.PostAsync($"{Address}/restore");

    public Task<JsonArray> DeletedAsync() => DeletedAsync(Person);

    public static async Task<JsonArray> DeletedAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/conversations?deleted=true"))["conversations"]!.AsArray();

    /// <summary>All that its person sees of it.</summary>
    public async Task<string> PictureAsync() =>
        string.Join(
            '\n',
            (await Person.Api.GetAsync(Address)).ToJsonString(),
            (await Person.Api.GetAsync($"{Address}/messages")).ToJsonString()
        );

    /// <summary>What was done with chats, in its order.</summary>
    public async Task<IReadOnlyList<string>> ActionsAsync() =>
        [
            .. (await Person.Api.GetAsync("/api/account/activity"))["entries"]!
                .AsArray()
                .Select(entry => entry!["action"]!.GetValue<string>())
                .Where(action => action.StartsWith("conversation.", StringComparison.Ordinal))
                .Reverse(),
        ];

    /// <summary>The count in the navigation.</summary>
    public Task<int> WaitingAsync() => Republic.Services.GetRequiredService<ConversationReader>().CountWaitingAsync(Person.Id, Ct);

    public async Task<int> UnreadAsync() => (await Person.Api.GetAsync(Address))["conversation"]!["unread_count"]!.GetValue<int>();

    public async Task<int> RatedAsync() =>
        (await Republic.Services.GetRequiredService<FeedbackReader>().OfMinionAsync(Person.Id, Minion, Ct)).Rated;

    /// <summary>The pages and lists that need no id in which the word stands.</summary>
    public async Task<IReadOnlyList<string>> WhereAsync()
    {
        var browser = await Person.BrowserAsync();
        List<string> found = [];
        foreach (var route in (await Routes.OfAsync(Republic.Services)).Where(route => route.Verb == "GET"))
        {
            var path = route.Pattern.Replace("{user_id}", $"{Person.Id}", StringComparison.Ordinal);
            if (path.Contains('{', StringComparison.Ordinal))
            {
                continue;
            }

            var http = path.StartsWith("/api/", StringComparison.Ordinal) ? Person.Api.Http : browser.Http;
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Ct);
            var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            if (!isStream && (await response.Content.ReadAsStringAsync(Ct)).Contains(Word, StringComparison.Ordinal))
            {
                found.Add(path);
            }
        }

        return found;
    }

    public ValueTask DisposeAsync() => Vendor.DisposeAsync();
}
