using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Data;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("53300", true)]
    [InlineData("40001", true)]
    [InlineData("08006", true)]
    [InlineData("22021", false)]
    [InlineData("23505", false)]
    [InlineData("22001", false)]
    public void A_database_that_answers_with_a_refusal_is_not_away(string state, bool isAway)
    {
        var error = new PostgresException("said", "ERROR", "ERROR", state);

        Assert.Equal(isAway, DatabaseFaults.IsTransient(error));
        Assert.Equal(isAway, DatabaseFaults.IsTransient(new DbUpdateException("not saved", error)));
        Assert.Equal(isAway, DatabaseFaults.IsTransient(new InvalidOperationException("not asked", error)));
    }

    [Fact]
    public void A_connection_that_breaks_is_away_and_a_fault_of_ours_is_not()
    {
        Assert.True(DatabaseFaults.IsTransient(new NpgsqlException("broken", new SocketException())));
        Assert.True(DatabaseFaults.IsTransient(new TimeoutException()));
        Assert.False(DatabaseFaults.IsTransient(new InvalidOperationException("ours")));
        Assert.False(DatabaseFaults.IsTransient(new FormatException("ours")));
    }
}
