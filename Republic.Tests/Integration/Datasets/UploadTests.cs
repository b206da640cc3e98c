using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Datasets;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

public sealed class UploadTests(DatasetWorld world) : IClassFixture<DatasetWorld>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public async Task Fields_may_stand_after_the_file_and_the_file_is_kept_byte_for_byte()
    {
        var person = await world.NewPersonAsync("Fields");
        var file = DatasetWorld.Pairs(3);
        using var form = DatasetWorld.Form(("some file.jsonl", file));
        form.Add(new StringContent("Support chats"), "name");
        form.Add(new StringContent("jsonl"), "dataset_type");
        form.Add(new StringContent("""{"min_text_length": 3}"""), "settings");

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.Created, status);
        var dataset = body["dataset"]!;
        Assert.Equal("Support chats", dataset["name"]!.GetValue<string>());
        Assert.Equal("some file.jsonl", dataset["file_name"]!.GetValue<string>());
        var source = Path.Combine(world.DataFolder, "datasets", dataset["id"]!.GetValue<string>(), "source");
        Assert.Equal(file, await File.ReadAllBytesAsync(source, Ct));
    }

    [Fact]
    public async Task Several_files_are_a_dataset_each_and_those_that_cannot_be_taken_are_named()
    {
        var person = await world.NewPersonAsync("Several");
        using var form = DatasetWorld.Form(
            ("first.jsonl", DatasetWorld.Pairs(2, "first")),
            ("packed.zip", Bytes("PK\u0003\u0004 and more")),
            ("second.csv", Bytes("prompt,completion\nHow are you today?,I am well thank you.\n")),
            ("nothing.jsonl", [])
        );

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(["first", "second"], body["datasets"]!.AsArray().Select(d => d!["name"]!.GetValue<string>()));
        Assert.Equal(["jsonl", "custom"], body["datasets"]!.AsArray().Select(d => d!["dataset_type"]!.GetValue<string>()));
        Assert.Equal(["packed.zip", "nothing.jsonl"], body["refused"]!.AsArray().Select(d => d!["file_name"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 1 }, "zip")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 1 }, "gzip")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 1 }, "zstd")]
    public async Task An_archive_is_refused_with_what_to_do(byte[] start, string kind)
    {
        var person = await world.NewPersonAsync($"Packer{kind}");
        var before = world.FoldersOnDisk;
        using var form = DatasetWorld.Form(("x.jsonl", start));

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"{kind} archive. Unpack it", body["detail"]!.GetValue<string>());
        Assert.Equal(before, world.FoldersOnDisk);
    }

    [Fact]
    public async Task What_is_too_large_leaves_nothing_behind()
    {
        var person = await world.NewPersonAsync("Large");
        var before = world.FoldersOnDisk;
        using var form = DatasetWorld.Form(("large.jsonl", DatasetWorld.Pairs(12_000)));

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("at most 1 MB", body["errors"]!["file"]![0]!.GetValue<string>());
        Assert.Equal(before, world.FoldersOnDisk);
    }

    [Fact]
    public async Task A_person_has_so_much_room_and_no_more()
    {
        var person = await world.NewPersonAsync("Hoarder");
        var file = DatasetWorld.Pairs(12_000)[..(DatasetWorld.MaxUpload - 100_000)];
        List<string> made = [];
        string refusal;
        while (true)
        {
            using var form = DatasetWorld.Form(("again.jsonl", file));
            var (status, body) = await DatasetWorld.SendAsync(person, form);
            if (status != HttpStatusCode.Created)
            {
                Assert.Equal(HttpStatusCode.InsufficientStorage, status);
                refusal = body["detail"]!.GetValue<string>();
                break;
            }

            made.Add((await DatasetWorld.EndOfAsync(person, body["dataset"]!["id"]!.GetValue<string>()))["id"]!.GetValue<string>());
            Assert.True(made.Count <= 3, "More than there is room for.");
        }

        Assert.Contains("your limit of 3 MB", refusal);
        foreach (var dataset in made)
        {
            await person.Api.DeleteAsync(DatasetWorld.PathOf(person, $"/{dataset}"));
            Assert.False(Directory.Exists(Path.Combine(world.DataFolder, "datasets", dataset)));
        }

        using var now = DatasetWorld.Form(("again.jsonl", file));
        Assert.Equal(HttpStatusCode.Created, (await DatasetWorld.SendAsync(person, now)).Status);
    }

    [Theory]
    [InlineData("../../../escape.jsonl", "escape.jsonl")]
    [InlineData("..\\..\\escape.jsonl", "escape.jsonl")]
    [InlineData("/etc/cron.d/escape", "escape")]
    [InlineData("C:\\Windows\\escape.ini", "escape.ini")]
    [InlineData("%2e%2e%2fescape", "%2e%2e%2fescape")]
    [InlineData("CON", "CON")]
    [InlineData("<script>alert(1)</script>", "script>")]
    [InlineData("a\u202Elnosj.exe", "alnosj.exe")]
    [InlineData("..", "..")]
    public async Task A_hostile_file_name_is_shown_and_never_used(string given, string shown)
    {
        var person = await world.NewPersonAsync($"Namer{Math.Abs(given.GetHashCode(StringComparison.Ordinal))}");
        var named = Named(shown);
        using var form = DatasetWorld.Form(("placeholder", DatasetWorld.Pairs(1)));
        form.First().Headers.ContentDisposition!.FileName = null;
        form.First().Headers.ContentDisposition!.FileNameStar = given;

        var (status, body) = await DatasetWorld.SendAsync(person, form);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(shown, body["dataset"]!["file_name"]!.GetValue<string>());
        Assert.NotEmpty(body["dataset"]!["name"]!.GetValue<string>().Trim('.'));
        Assert.Equal(named, Named(shown));
    }

    [Fact]
    public async Task The_same_file_again_is_taken_and_says_so()
    {
        var person = await world.NewPersonAsync("Twice");
        var first = await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(4, "twice"));

        var second = await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(4, "twice"));

        Assert.Null(first["same_as"]);
        Assert.Equal(first["id"]!.GetValue<string>(), second["same_as"]!.GetValue<string>());
        var stranger = await DatasetWorld.MakeAsync(world.Ada, DatasetWorld.Pairs(4, "twice"));
        Assert.Null(stranger["same_as"]);
    }

    [Fact]
    public async Task Rows_can_come_as_json()
    {
        var path = DatasetWorld.PathOf(world.Jonas);
        var rows = new[] { new { prompt = "What is the capital of France?", completion = "Paris is the capital of France." } };

        var made = await world.Jonas.Api.PostAsync(
            path,
            new
            {
                name = "Typed",
                dataset_type = "custom",
                data = rows,
            }
        );

        Assert.Equal("Typed", made["dataset"]!["name"]!.GetValue<string>());
        Assert.NotNull((await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { name = "no rows" }))["errors"]!["data"]);
        var wrongType = new { dataset_type = "parquet", data = rows };
        Assert.NotNull((await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, wrongType))["errors"]!["dataset_type"]);
        Assert.NotNull((await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, new { name = 5, data = rows }))["errors"]!["name"]);
        var tooMany = new { data = Enumerable.Repeat(rows[0], 2000) };
        Assert.Contains(
            "as a file",
            (await world.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, tooMany))["detail"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_nothing_behind()
    {
        await Until.TrueAsync(NoUnfinishedAsync);
        using (var client = new TcpClient(AddressFamily.InterNetwork))
        {
            await client.ConnectAsync(IPAddress.Loopback, world.Address.Port, Ct);
            var token = world.Jonas.Api.Http.DefaultRequestHeaders.Authorization!.Parameter;
            var head =
                $"POST {DatasetWorld.PathOf(world.Jonas)} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
            await client.GetStream().WriteAsync(Bytes(head), Ct);
            await client.GetStream().WriteAsync(Bytes(new string('x', 600_000)), Ct);
            await Until.TrueAsync(async () => !await NoUnfinishedAsync());
            client.LingerState = new LingerOption(true, 0);
        }

        await Until.TrueAsync(NoUnfinishedAsync);
    }

    [Fact]
    public async Task A_form_that_is_cut_off_says_so()
    {
        using var cut = new ByteArrayContent(Bytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nhalf"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        var (status, body) = await DatasetWorld.SendAsync(world.Jonas, cut);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("not whole", body["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_browsers_upload_needs_the_antiforgery_token()
    {
        var browser = await world.Jonas.BrowserAsync();
        var before = world.FoldersOnDisk;
        using var form = DatasetWorld.Form(("x.jsonl", DatasetWorld.Pairs(1)));

        using var response = await browser.Http.PostAsync(DatasetWorld.PathOf(world.Jonas), form, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(before, world.FoldersOnDisk);
    }

    [Fact]
    public async Task Files_that_no_dataset_knows_are_swept_when_they_have_lain_still()
    {
        var kept = (await DatasetWorld.MakeAsync(world.Jonas, DatasetWorld.Pairs(2, "sweep")))["id"]!.GetValue<string>();
        var datasets = Path.Combine(world.DataFolder, "datasets");
        var (dead, fresh) = (Path.Combine(datasets, $"{Guid.CreateVersion7()}"), Path.Combine(datasets, $"{Guid.CreateVersion7()}"));
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2);
        foreach (var folder in new[] { dead, fresh })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "source.part"), "half", Ct);
        }

        foreach (var old in new[] { dead, Path.Combine(datasets, kept) })
        {
            Directory.EnumerateFileSystemEntries(old).ToList().ForEach(entry => File.SetLastWriteTimeUtc(entry, before));
            Directory.SetLastWriteTimeUtc(old, before);
        }

        await world.Services.GetRequiredService<DatasetSweep>().SweepAsync(Ct);

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(fresh));
        Assert.True(File.Exists(Path.Combine(datasets, kept, "source")));
        Directory.Delete(fresh, recursive: true);
    }

    private Task<bool> NoUnfinishedAsync() =>
        Task.FromResult(
            !Directory.Exists(Path.Combine(world.DataFolder, "datasets"))
                || !Directory.EnumerateFiles(Path.Combine(world.DataFolder, "datasets"), "source.part", SearchOption.AllDirectories).Any()
        );

    /// <summary>All that lies about the data folder and beside it, but for the datasets themselves.</summary>
    /// <summary>What has this name where the names above would lead.</summary>
    private List<string> Named(string name)
    {
        string[] folders = [world.DataFolder, Path.Combine(world.DataFolder, "datasets"), Path.GetDirectoryName(world.DataFolder)!];
        return [.. folders.Select(folder => Path.Combine(folder, name)).Where(Path.Exists)];
    }
}
