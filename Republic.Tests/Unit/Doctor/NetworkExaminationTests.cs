using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Tests.Unit.Doctor;

/// <summary>What stands between people and Republic, and between it and the programs of its machine.</summary>
public sealed class NetworkExaminationTests
{
    private const string Site = "https://republic.example.org";
    private static readonly DatabaseState Ready = new(DatabaseCondition.Ready);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://localhost:5080", "127.0.0.1", 5080, false)]
    [InlineData("HTTP://*:5080/", "0.0.0.0", 5080, false)]
    [InlineData("http://+", "0.0.0.0", 80, false)]
    [InlineData("https://[::1]:5443", "::1", 5443, true)]
    [InlineData("https://republic.example.org", "0.0.0.0", 443, true)]
    public void Addresses_are_read_as_the_server_reads_them(string url, string ip, int port, bool isHttps) =>
        Assert.Equal(new ListeningAddress(url, isHttps, IPAddress.Parse(ip), port), ListeningAddress.Parse(url));

    [Theory]
    [InlineData("http://unix:/run/republic.sock")]
    [InlineData("http://localhost:70000")]
    [InlineData("localhost:5080")]
    [InlineData("")]
    public void What_is_no_port_of_this_machine_is_left_out(string url) => Assert.Null(ListeningAddress.Parse(url));

    [Fact]
    public void Endpoints_are_stronger_than_urls_and_those_than_ports()
    {
        (string, string) urls = ("urls", "http://localhost:5081;http://localhost:5082"),
            ports = ("http_ports", "5083");

        Assert.Equal([5080], Ports(urls, ports, ("Kestrel:Endpoints:Http:Url", "http://localhost:5080")));
        Assert.Equal([5081, 5082], Ports(urls, ports));
        Assert.Equal([5083], Ports(ports));
        Assert.Equal([5000], Ports());

        static IEnumerable<int> Ports(params (string, string)[] settings) =>
            ListeningAddress.Of(Settings(settings)).Select(address => address.Port);
    }

    [Fact]
    public async Task A_port_is_free_or_taken_by_another_program_or_by_republic()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var asked = AnswerAsync(listener, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var other = await PortsAsync(("urls", url));
        await asked;
        var live = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{\"status\":\"live\"}";
        asked = AnswerAsync(listener, live);
        var republic = await PortsAsync(("urls", url), ("AllowedHosts", "*.example.org;republic.example.org"));
        var request = await asked;
        listener.Stop();
        var free = await PortsAsync(("urls", url));

        Assert.Equal(
            [FindingLevel.Trouble, FindingLevel.Good, FindingLevel.Good],
            new[] { other, republic, free }.Select(one => one.Level)
        );
        Assert.StartsWith("Another program listens on", other.Summary, StringComparison.Ordinal);
        Assert.StartsWith("Republic runs on", republic.Summary, StringComparison.Ordinal);
        Assert.Contains("Host: republic.example.org", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("is free, for this machine alone", free.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_others_reach_without_encryption_is_a_warning_and_behind_a_proxy_it_is_none()
    {
        (string, string) open = ("urls", "http://*:0");

        var found = await new PortExamination(new Installation(), Settings(open)).ExamineAsync(Ready, Ct);

        Assert.Equal([FindingLevel.Good, FindingLevel.Warning], found.Select(finding => finding.Level));
        Assert.Single(await new PortExamination(new Installation(), Settings(open, ("Proxy:PublicUrl", Site))).ExamineAsync(Ready, Ct));
    }

    [Fact]
    public async Task The_server_itself_takes_its_own_ports_for_granted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var settings = Settings(("urls", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        var finding = Assert.Single(await new PortExamination(new Installation { IsServed = true }, settings).ExamineAsync(Ready, Ct));

        Assert.Equal(FindingLevel.Good, finding.Level);
    }

    [Theory]
    [InlineData(FindingLevel.Good, "reach Republic directly")]
    [InlineData(FindingLevel.Good, "at http://localhost:5080.", "Proxy:PublicUrl", "http://localhost:5080")]
    [InlineData(FindingLevel.Good, "by the proxy 10.0.0.2", "Proxy:PublicUrl", Site, "Proxy:Known:0", "10.0.0.2")]
    [InlineData(FindingLevel.Warning, "a few wrong passwords", "Proxy:PublicUrl", Site)]
    [InlineData(FindingLevel.Warning, "does not say what people type", "Proxy:Known:0", "10.0.0.2")]
    [InlineData(FindingLevel.Warning, "of anybody", "Proxy:PublicUrl", Site, "Proxy:Known:0", "0.0.0.0/0")]
    [InlineData(FindingLevel.Warning, "without encryption", "Proxy:PublicUrl", "http://republic.example.org")]
    [InlineData(FindingLevel.Trouble, "is no address of a site", "Proxy:PublicUrl", "republic.example.org")]
    [InlineData(
        FindingLevel.Trouble,
        "does not list other.example.net",
        "Proxy:PublicUrl",
        "https://other.example.net",
        "Proxy:Known:0",
        "10.0.0.2"
    )]
    [InlineData(FindingLevel.Warning, "HTTPS_PROXY is set", "HTTPS_PROXY", "http://user:canary@proxy.example:3128")]
    public async Task The_proxy_is_judged_by_its_settings(FindingLevel level, string said, params string[] settings)
    {
        var pairs = settings.Chunk(2).Select(pair => (pair[0], pair[1])).Append(("AllowedHosts", "localhost;*.example.org"));

        var finding = Assert.Single(await new ProxyExamination(Settings([.. pairs])).ExamineAsync(Ready, Ct));

        Assert.Equal(("proxy", level, level != FindingLevel.Good), (finding.Check, finding.Level, finding.Advice is not null));
        Assert.Contains(said, finding.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_that_reads_pdf_is_asked_for_its_version_and_missed_where_it_is_not_there()
    {
        var missing = Assert.Single(await PopplerAsync("no-such-program"));
        // Any program that says something to -v will do.
        var there = Assert.Single(await PopplerAsync("uname"));

        Assert.Equal(("poppler", FindingLevel.Warning), (missing.Check, missing.Level));
        Assert.Contains("poppler-utils", missing.Advice, StringComparison.Ordinal);
        Assert.Equal(FindingLevel.Good, there.Level);
        Assert.StartsWith("PDF can be read: ", there.Summary, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Finding>> PopplerAsync(string program) =>
        new PopplerExamination(Options.Create(new IngestOptions { PdfToText = program })).ExamineAsync(Ready, Ct);

    private static async Task<Finding> PortsAsync(params (string, string)[] settings) =>
        Assert.Single(await new PortExamination(new Installation(), Settings(settings)).ExamineAsync(Ready, Ct));

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        await using var stream = client.GetStream();
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer, Ct);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Ct);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
