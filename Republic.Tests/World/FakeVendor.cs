using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Republic.Tests.World;

/// <summary>
/// An OpenAI-compatible provider on loopback that does what the test says. Unless told otherwise it answers "Hello".
/// For answers broken byte by byte use <see cref="RawUpstream"/>.
/// </summary>
public sealed class FakeVendor : IAsyncDisposable
{
    public const string Key = "sk-vendor-secret-0123456789";

    private readonly RawUpstream upstream = new();

    public FakeVendor()
    {
        upstream.Script = ServeAsync;
        Answers("Hello");
    }

    public Uri BaseUrl => upstream.BaseUrl;

    public ConcurrentQueue<VendorRequest> Requests { get; } = new();

    /// <summary>What it lists, as the members of <c>data</c>.</summary>
    public string ModelList { get; set; } = """{"id":"vendor-model","object":"model"}""";

    /// <summary>Its list cannot be read.</summary>
    public bool HidesModels { get; set; }

    public VendorRequest LastRequest => Requests.Last();

    private Func<VendorRequest, RawCall, Task> Script { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>These pieces, as a stream or whole, as it is asked.</summary>
    public void Answers(params string[] pieces) =>
        Script = (request, call) =>
            request.IsStream
                ? call.StreamAsync([.. pieces.Select(Say.Piece), Say.Finish, Say.Usage, Say.Done])
                : call.JsonAsync(Say.Whole(string.Concat(pieces)));

    /// <summary>This JSON, or these frames, as it is asked.</summary>
    public void AnswersJson(string whole, params IEnumerable<string> frames) =>
        Script = (request, call) => request.IsStream ? call.StreamAsync([.. frames]) : call.JsonAsync(whole);

    /// <summary>What the test makes of each question; null refuses it for good.</summary>
    public void AnswersTo(Func<VendorRequest, string?> answer) =>
        Script = (request, call) =>
            answer(request) is { } text
                ? call.JsonAsync(Say.Whole(JsonEncodedText.Encode(text).ToString()))
                : call.JsonAsync("""{"error":{"message":"Refused by the test"}}""", "401 Unauthorized");

    /// <summary>What the test makes of each question, as a stream.</summary>
    public void StreamsTo(Func<VendorRequest, string> answer) =>
        Script = (request, call) =>
            call.StreamAsync(Say.Piece(JsonEncodedText.Encode(answer(request)).ToString()), Say.Finish, Say.Usage, Say.Done);

    /// <summary>Words and calls of tools that the test makes of each question, as a stream.</summary>
    public void Plays(Func<VendorRequest, PlayedTurn> turn) =>
        Script = (request, call) =>
        {
            var played = turn(request);
            return call.StreamAsync([
                .. played.Text.Length > 0 ? [Say.Piece(JsonEncodedText.Encode(played.Text).ToString())] : Array.Empty<string>(),
                played.Calls.Count > 0 ? Say.Calls(played.Calls) : Say.Finish,
                Say.Usage,
                Say.Done,
            ]);
        };

    /// <summary>Vectors for texts; everything else that it is asked goes unanswered.</summary>
    public void Embeds(Func<string, float[]>? meaning = null) =>
        Script = (request, call) =>
            call.JsonAsync(FakeMeaning.Answer(request.Body!["input"]!.AsArray().Select(text => (string)text!), meaning ?? FakeMeaning.Of));

    /// <summary>An error as OpenAI words it.</summary>
    public void Refuses(HttpStatusCode status, string words, string headers = "") =>
        Script = (_, call) => call.JsonAsync($$$"""{"error":{"message":"{{{words}}}"}}""", $"{(int)status} {status}", headers);

    /// <summary>Overloaded for every question that holds these words, and by no fault of the question.</summary>
    public void IsAwayFor(string words, string answer, string headers) =>
        Script = (request, call) =>
            request.LastMessage?.Contains(words, StringComparison.Ordinal) == true
                ? call.JsonAsync("""{"error":{"message":"Overloaded"}}""", "503 Service Unavailable", headers)
                : call.JsonAsync(Say.Whole(answer));

    /// <summary>Refuses longer prompts as a model with a short context does.</summary>
    public void TakesAtMost(int characters, string answer) =>
        Script = (request, call) =>
            request.Body!["messages"]!.AsArray().Sum(message => message!["content"]!.ToString().Length) > characters
                ? call.JsonAsync("""{"error":{"message":"Too long","code":"context_length_exceeded"}}""", "400 Bad Request")
                : call.StreamAsync(Say.Piece(answer), Say.Finish, Say.Usage, Say.Done);

    /// <summary>Finds every question too long but these.</summary>
    public void Fits(Func<VendorRequest, bool> fits, string answer) =>
        Script = (request, call) =>
            fits(request)
                ? call.JsonAsync(Say.Whole(answer))
                : call.JsonAsync("""{"error":{"message":"Too long","code":"context_length_exceeded"}}""", "400 Bad Request");

    /// <summary>These answers, one after the other, and then none.</summary>
    public void AnswersAndHangs(params string[] answers)
    {
        var asked = 0;
        Script = (request, call) =>
            Interlocked.Increment(ref asked) is var number && number > answers.Length ? call.HangAsync()
            : request.IsStream ? call.StreamAsync(Say.Piece(answers[number - 1]), Say.Finish, Say.Usage, Say.Done)
            : call.JsonAsync(Say.Whole(answers[number - 1]));
    }

    /// <summary>A stream that does not say how many tokens it has.</summary>
    public void AnswersUncounted(string answer) => Script = (_, call) => call.StreamAsync(Say.Piece(answer), Say.Finish, Say.Done);

    public void Hangs() => Script = (_, call) => call.HangAsync();

    /// <summary>A stream that breaks off after these pieces.</summary>
    public void CutsAfter(params string[] pieces) => Script = (_, call) => call.StreamAsync([.. pieces.Select(Say.Piece)]);

    public void AnswersGarbage() => Script = (_, call) => call.JsonAsync("}{ no json");

    /// <summary>The next streamed answer is written by the test itself, piece by piece.</summary>
    public VendorStream AnswersByHand()
    {
        var hand = new VendorStream();
        Script = (_, call) => hand.WriteToAsync(call);
        return hand;
    }

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private Task ServeAsync(RawCall call)
    {
        var request = VendorRequest.Parse(call.Request);
        Requests.Enqueue(request);
        return request.Path.EndsWith("/models", StringComparison.Ordinal)
            ? HidesModels
                ? call.JsonAsync("""{"error":{"message":"No lists today"}}""", "403 Forbidden")
                : call.JsonAsync($$"""{"object":"list","data":[{{ModelList}}]}""")
            : Script(request, call);
    }
}
