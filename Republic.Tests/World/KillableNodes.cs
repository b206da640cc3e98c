using System.Globalization;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>
/// Two processes on one database and one data folder, as two nodes have them, for tests that kill one. Classes that use them run one after
/// the other: a process takes seconds to start, and so each kill costs one start and no more.
/// </summary>
[CollectionDefinition(nameof(KillableNodes))]
public sealed class KillableNodes(TestDatabases databases) : ICollectionFixture<KillableNodes>, IAsyncLifetime
{
    private const int Count = 2;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("republic-kill-");
    private readonly List<AppProcess> nodes = [];
    private string database = "";

    public string DataFolder => data.FullName;

    /// <summary>Of the node that has lived longest.</summary>
    public Uri Address => nodes[0].Address;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await databases.NewAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        data.Delete(recursive: true);
        await databases.DropAsync(database);
    }

    /// <summary>Starts as many nodes as are missing.</summary>
    public async Task MendAsync()
    {
        while (nodes.Count < Count)
        {
            nodes.Add(await StartAsync());
        }
    }

    /// <summary>Somebody whom no other test knows, at <see cref="Address"/>, when both nodes are up.</summary>
    public async Task<Inhabitant> NewPersonAsync()
    {
        await MendAsync();
        return await Inhabitant.SignUpAsync(Address, $"P{Guid.CreateVersion7():N}"[..20]);
    }

    /// <summary>kill -9 of the node at <see cref="Address"/>, which is then the other one's.</summary>
    public Task KillAsync() => KillAsync(nodes[0]);

    /// <summary>kill -9 of the node that works on something, once one does. <see cref="Address"/> is then that of the other one.</summary>
    public async Task KillHolderAsync(Guid subject) => await KillAsync(await HolderAsync(subject));

    /// <summary>The node that works on something, once one does.</summary>
    public async Task<AppProcess> HolderAsync(Guid subject)
    {
        var node = await Until.SomethingAsync(async () =>
            (await ColumnAsync($"select node from jobs where subject = '{subject}' and status = 'Running'")).SingleOrDefault()
        );
        var process = int.Parse(node.Split('/')[1], CultureInfo.InvariantCulture);
        return nodes.Single(other => other.ProcessId == process);
    }

    public async Task KillAsync(AppProcess node)
    {
        ArgumentNullException.ThrowIfNull(node);
        nodes.Remove(node);
        await using (node)
        {
            await node.KillAsync();
        }
    }

    /// <summary>The number of times that work on something was begun; the first start is 1.</summary>
    public async Task<int> StartsOfAsync(Guid subject) =>
        int.Parse(
            Assert.Single(await ColumnAsync($"select max(epoch)::text from jobs where subject = '{subject}'")),
            CultureInfo.InvariantCulture
        );

    /// <summary>No file of either node may grow beyond this.</summary>
    public void LimitFiles(long bytes) => nodes.ForEach(node => FileLimit.Set(node.ProcessId, bytes));

    /// <summary>The first column of all rows, which is text.</summary>
    public async Task<List<string>> ColumnAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        List<string> rows = [];
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private Task<AppProcess> StartAsync() =>
        AppProcess.StartAsync(
            new DataFolder(data.FullName),
            connectionString: database,
            canBeLimited: true,
            environment: new Dictionary<string, string>
            {
                ["ModelHost__Enabled"] = "true",
                ["Training__RetentionQuestions"] = TrainingWorld.FewQuestions,
                // Whoever kills a run has to come before its end, and a rest costs nobody anything.
                ["ModelHost__TrainingRestMilliseconds"] = "500",
            }
        );
}
