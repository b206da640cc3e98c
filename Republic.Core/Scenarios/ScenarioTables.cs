using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Scenarios.Versions;

namespace Republic.Core.Scenarios;

internal sealed class ScenarioTables
    : IEntityTypeConfiguration<Scenario>,
        IEntityTypeConfiguration<ScenarioState>,
        IEntityTypeConfiguration<AgentRole>,
        IEntityTypeConfiguration<StateRole>,
        IEntityTypeConfiguration<StateTransition>,
        IEntityTypeConfiguration<ScenarioVersion>
{
    public void Configure(EntityTypeBuilder<Scenario> scenario)
    {
        scenario.ToTable("Scenarios");
        scenario.Property(s => s.Name).HasMaxLength(ScenarioRules.LongestName);
        scenario.Property(s => s.Description).HasMaxLength(ScenarioRules.LongestText);
        scenario.Property(s => s.LearnerRole).HasMaxLength(ScenarioRules.LongestElementName);
        scenario.Property(s => s.MaxCost).HasPrecision(18, 9);
        scenario.Property(s => s.Facts).IsJson(SnakeCaseJson.Compact);
        scenario.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        scenario.HasMany(s => s.States).WithOne().HasForeignKey(s => s.ScenarioId).OnDelete(DeleteBehavior.Cascade);
        scenario.HasMany(s => s.Roles).WithOne().HasForeignKey(r => r.ScenarioId).OnDelete(DeleteBehavior.Cascade);
        scenario.HasIndex(s => new { s.OwnerId, s.Id });
    }

    public void Configure(EntityTypeBuilder<ScenarioState> state)
    {
        state.ToTable("States");
        state.Property(s => s.Name).HasMaxLength(ScenarioRules.LongestElementName);
        state.Property(s => s.Description).HasMaxLength(ScenarioRules.LongestText);
        state.Property(s => s.Capability).HasMaxLength(ScenarioRules.LongestCapability);
        state.Property(s => s.Audience).IsJson(SnakeCaseJson.Compact);
        state.HasMany(s => s.Roles).WithOne().HasForeignKey(r => r.StateId).OnDelete(DeleteBehavior.Cascade);
        state.HasMany(s => s.Transitions).WithOne().HasForeignKey(t => t.FromStateId).OnDelete(DeleteBehavior.Cascade);
        state.HasIndex(s => s.ScenarioId);
    }

    public void Configure(EntityTypeBuilder<AgentRole> role)
    {
        role.ToTable("AgentRoles");
        role.Property(r => r.Name).HasMaxLength(ScenarioRules.LongestElementName);
        role.Property(r => r.Description).HasMaxLength(ScenarioRules.LongestText);
        role.Property(r => r.Model).HasMaxLength(ScenarioRules.LongestModel);
        role.HasIndex(r => r.ScenarioId);
    }

    public void Configure(EntityTypeBuilder<StateRole> acting)
    {
        acting.ToTable("StateRoles");
        acting.HasKey(a => new { a.StateId, a.AgentRoleId });
        acting.HasOne<AgentRole>().WithMany().HasForeignKey(a => a.AgentRoleId).OnDelete(DeleteBehavior.Cascade);
        acting.HasIndex(a => a.AgentRoleId);
    }

    public void Configure(EntityTypeBuilder<StateTransition> transition)
    {
        transition.ToTable("StateTransitions");
        transition.Property(t => t.Condition).HasMaxLength(ScenarioRules.LongestCondition);
        transition.Property(t => t.Note).HasMaxLength(ScenarioRules.LongestNote);
        transition.HasOne<Scenario>().WithMany().HasForeignKey(t => t.ScenarioId).OnDelete(DeleteBehavior.Cascade);
        transition.HasOne<ScenarioState>().WithMany().HasForeignKey(t => t.ToStateId).OnDelete(DeleteBehavior.Cascade);
        transition.HasIndex(t => t.ScenarioId);
        transition.HasIndex(t => t.FromStateId);
        transition.HasIndex(t => t.ToStateId);
    }

    public void Configure(EntityTypeBuilder<ScenarioVersion> version)
    {
        version.ToTable("ScenarioVersions");
        version.Property(v => v.Sha256).HasMaxLength(64);
        version.HasOne<Scenario>().WithMany().HasForeignKey(v => v.ScenarioId).OnDelete(DeleteBehavior.Cascade);
        version.HasIndex(v => new { v.ScenarioId, v.Number }).IsUnique();
    }
}
