using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Web;

namespace Republic.Tests.Architecture;

public sealed class SealedColumnTests
{
    /// <summary>Otherwise a change of the master key would leave it behind, and removing the old key would lose it.</summary>
    [Fact]
    public void Every_sealed_property_of_the_model_is_registered_as_a_sealed_column()
    {
        var services = new ServiceCollection();
        RepublicApp.AddFeatures(services, new ConfigurationBuilder().Build());
        var registered = services.BuildServiceProvider().GetServices<SealedColumn>().Order(Comparer).ToList();
        using var db = new RepublicDb(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql("Host=nowhere").Options);

        var inModel = (
            from entity in db.Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.ClrType == typeof(byte[]) && property.Name.StartsWith("Sealed", StringComparison.Ordinal)
            let id = Assert.Single(entity.FindPrimaryKey()!.Properties)
            select new SealedColumn(entity.GetTableName()!, ColumnOf(property), ColumnOf(id))
        )
            .Order(Comparer)
            .ToList();

        Assert.NotEmpty(inModel);
        Assert.Equal(inModel, registered);
    }

    private static readonly Comparer<SealedColumn> Comparer = Comparer<SealedColumn>.Create(
        (one, other) => string.CompareOrdinal(one.ToString(), other.ToString())
    );

    private static string ColumnOf(IProperty property) => property.GetColumnName();
}
