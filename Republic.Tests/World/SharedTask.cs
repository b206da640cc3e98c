using System.Net;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A task with a part, a comment and a file, that its owner shares. In the shared app people are called by their e-mail address.</summary>
internal sealed record SharedTask(Inhabitant Owner, string Task, string Title)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Part { get; private init; } = "";

    public string Comment { get; private init; } = "";

    public string File { get; private init; } = "";

    public string Path => $"/api/tasks/{Task}";

    public static async Task<SharedTask> MakeAsync(Inhabitant owner)
    {
        const string named = "Lay out the garden";
        var top = new
        {
            title = named,
            description = "Said more",
            capability = "gardening",
            budget = 7.25,
        };
        var id = Id((await owner.Api.PostAsync("/api/tasks", top))["task"]);
        var part = new
        {
            title = "A part of it",
            parent_id = id,
            capability = "weeding",
        };
        return new SharedTask(owner, id, named)
        {
            Part = Id((await owner.Api.PostAsync("/api/tasks", part))["task"]),
            Comment = Id((await owner.Api.PostAsync($"/api/tasks/{id}/comments", new { content = "The owner wrote this" }))["comment"]),
            File = await UploadAsync(owner, id, "plan.txt", "the file"),
        };
    }

    public static async Task<string> UploadAsync(Inhabitant person, string task, string name, string content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(content), "file", name } };
        using var sent = await person.Api.Http.PostAsync($"/api/tasks/{task}/attachments", form, Ct);
        var text = await sent.Content.ReadAsStringAsync(Ct);
        Assert.True(sent.IsSuccessStatusCode, text);
        return Id(JsonNode.Parse(text)!["attachment"]);
    }

    public Task ShareAsync(Inhabitant person) => Owner.Api.PostAsync($"{Path}/shares", new { username = person.Email });

    public async Task AcceptedByAsync(Inhabitant person)
    {
        await ShareAsync(person);
        await AcceptAsync(person);
    }

    public static async Task AcceptAsync(Inhabitant person) =>
        await person.Api.PostAsync($"/api/tasks/shared/{await OfferAsync(person)}/accept");

    /// <summary>The share as the person sees it: the newest of this owner.</summary>
    public static async Task<string> OfferAsync(Inhabitant person) => Id((await person.Api.GetAsync("/api/tasks/shared"))["shares"]![0]);

    /// <summary>The share as its owner sees it.</summary>
    public async Task<string> ShareOfAsync(Inhabitant person) =>
        Id((await Owner.Api.GetAsync($"{Path}/shares"))["shares"]!.AsArray().Single(share => (string?)share!["username"] == person.Email));

    /// <summary>All that the owner sees of the task.</summary>
    public async Task<string> PictureAsync() =>
        string.Join(
            '\n',
            (await Owner.Api.GetAsync(Path)).ToJsonString(),
            (await Owner.Api.GetAsync($"/api/tasks/{Part}")).ToJsonString(),
            (await Owner.Api.GetAsync($"{Path}/comments")).ToJsonString(),
            (await Owner.Api.GetAsync($"{Path}/attachments")).ToJsonString()
        );

    /// <summary>Every request of the API that names the task.</summary>
    public IReadOnlyList<TaskDoor> Doors() =>
        [
            new(HttpMethod.Get, Path, IsForGuests: true),
            new(HttpMethod.Get, $"/api/tasks/{Part}", IsForGuests: true),
            new(HttpMethod.Put, Path, new { title = "Taken" }),
            new(HttpMethod.Delete, $"/api/tasks/{Part}"),
            new(HttpMethod.Post, $"{Path}/move", new { status = "REVIEW" }, IsForGuests: true),
            new(HttpMethod.Post, $"{Path}/assign", new { citizen_id = (string?)null }),
            new(HttpMethod.Post, $"{Path}/dependencies", new { depends_on_id = Part }),
            new(HttpMethod.Delete, $"{Path}/dependencies/{Part}"),
            new(HttpMethod.Get, $"{Path}/comments", IsForGuests: true),
            new(HttpMethod.Post, $"{Path}/comments", new { content = "Mine" }, IsForGuests: true),
            new(HttpMethod.Put, $"{Path}/comments/{Comment}", new { content = "Taken" }),
            new(HttpMethod.Delete, $"{Path}/comments/{Comment}"),
            new(HttpMethod.Get, $"{Path}/attachments", IsForGuests: true),
            new(HttpMethod.Post, $"{Path}/attachments", new { content = "x" }, IsForGuests: true),
            new(HttpMethod.Get, $"{Path}/attachments/{File}", IsForGuests: true),
            new(HttpMethod.Delete, $"{Path}/attachments/{File}"),
            new(HttpMethod.Get, $"{Path}/attempts"),
            new(HttpMethod.Get, $"{Path}/attempts/{Guid.CreateVersion7()}"),
            new(HttpMethod.Post, $"{Path}/start"),
            new(HttpMethod.Post, $"{Path}/stop"),
            new(HttpMethod.Get, $"{Path}/shares"),
            new(HttpMethod.Post, $"{Path}/shares", new { username = "x" }),
            new(HttpMethod.Delete, $"{Path}/shares/{Guid.CreateVersion7()}"),
        ];

    /// <summary>No door of the task opens, by the API and by its pages.</summary>
    public async Task AssertHiddenAsync(Inhabitant person)
    {
        foreach (var (verb, path, body) in Doors())
        {
            await person.Api.ProblemAsync(404, verb, path, body);
        }

        var browser = await person.BrowserAsync();
        string[] pages =
        [
            "",
            "/edit",
            "/comments",
            "/dependencies",
            "/files",
            $"/files/{File}",
            "/sharing",
            "/conversation",
            "/work",
            "/work?handler=Ended",
        ];
        foreach (var more in pages)
        {
            using var answer = await browser.GetAsync($"/tasks/{Task}{more}");
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{more}: {answer.StatusCode}");
        }
    }

    private static string Id(JsonNode? node) => (string)node!["id"]!;
}

/// <param name="IsForGuests">Whether a person may use it with whom the task is shared.</param>
internal sealed record TaskDoor(HttpMethod Verb, string Path, object? Body = null, bool IsForGuests = false)
{
    public void Deconstruct(out HttpMethod verb, out string path, out object? body) => (verb, path, body) = (Verb, Path, Body);
}
