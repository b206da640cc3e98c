using System.Net;
using System.Net.Sockets;
using System.Text;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>What is not taken is answered while the sender still has most of it: over a bare socket that announces much and then waits.</summary>
public sealed class RefusedUploadTests(DatasetWorld world) : IClassFixture<DatasetWorld>
{
    private const string Form = "multipart/form-data; boundary=b";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("beyond the quota", Form, 20L << 30, "PK", "507", "your limit of 3 MB")]
    [InlineData("a zip", Form, 900_000, "PK\u0003\u0004 and more", "400", "a zip archive. Unpack it")]
    [InlineData("a spreadsheet", Form, 900_000, "PK\u0003\u000426 more bytes of a header.[Content_Types].xml", "400", "Save it as CSV")]
    [InlineData("no text", Form, 900_000, "\u0001\u0002\u0003\u0004\u0005\u0006", "400", "This is no text file")]
    [InlineData("rows", "application/json", 20L << 30, "{}", "400", "Send more as a file")]
    public async Task The_answer_does_not_wait_for_the_rest(string what, string type, long length, string bytes, string status, string said)
    {
        var person = await world.NewPersonAsync($"Announcer{what.Length}");
        var before = world.FoldersOnDisk;
        // More than is looked at, for those that are judged by their beginning.
        var content = bytes.Length > 2 ? bytes + new string('\u0001', 600_000) : bytes;

        var answer = await AnswerAsync(person, type, length, Part("x.jsonl") + content);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(said, answer, StringComparison.Ordinal);
        Assert.Equal(before, world.FoldersOnDisk);
    }

    [Fact]
    public async Task A_client_that_sends_all_of_what_is_refused_hears_why()
    {
        var person = await world.NewPersonAsync("Sender");
        using var form = DatasetWorld.Form(("x.jsonl", new byte[12 << 20]));

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("your limit of 3 MB", body["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_came_before_an_endless_file_is_kept_and_what_was_not_read_is_said()
    {
        var person = await world.NewPersonAsync("Mixed");
        var rows = Encoding.UTF8.GetString(DatasetWorld.Pairs(3, "mixed"));

        var answer = await AnswerAsync(
            person,
            Form,
            2_000_000,
            $"{Part("a.jsonl")}{rows}\r\n{Part("b.zip")}PK\u0003\u0004{new string('x', 600_000)}"
        );

        Assert.StartsWith("HTTP/1.1 201 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"a\"", answer, StringComparison.Ordinal);
        Assert.Contains("What came after it was not read", answer, StringComparison.Ordinal);
    }

    private static string Part(string name) => $"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n";

    /// <summary>Everything that comes back until the server ends the connection, though the body is never finished.</summary>
    private async Task<string> AnswerAsync(Inhabitant person, string type, long length, string begun)
    {
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, world.Address.Port, Ct);
        var head =
            $"POST {DatasetWorld.PathOf(person)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + $"Authorization: Bearer {person.Api.Http.DefaultRequestHeaders.Authorization!.Parameter}\r\n"
            + $"Content-Type: {type}\r\nContent-Length: {length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head + begun), Ct);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await client.GetStream().ReadAsync(buffer, Ct)) > 0; )
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Ended with force, as what was announced never came.
        }

        return answer.ToString();
    }
}
