using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Arena.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class Voting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "source",
                table: "leaderboards",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "Measurements");

            migrationBuilder.CreateTable(
                name: "network_keys",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    key = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_network_keys", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "personal_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_personal_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "voters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    forgotten_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_voters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "voting_arenas",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    question = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    suite_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    leaderboard_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slate_size = table.Column<int>(type: "integer", nullable: false),
                    cross_sample = table.Column<bool>(type: "boolean", nullable: false),
                    policy = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    uniform_share = table.Column<double>(type: "double precision", nullable: false),
                    reasons = table.Column<string[]>(type: "text[]", nullable: false),
                    asks_strength = table.Column<bool>(type: "boolean", nullable: false),
                    asks_acceptable = table.Column<bool>(type: "boolean", nullable: false),
                    counts_programs = table.Column<bool>(type: "boolean", nullable: false),
                    publication_delay = table.Column<TimeSpan>(type: "interval", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    seed = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_voting_arenas", x => x.id);
                    table.ForeignKey(
                        name: "fk_voting_arenas_leaderboards_leaderboard_id",
                        column: x => x.leaderboard_id,
                        principalTable: "leaderboards",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_voting_arenas_suite_versions_suite_version_id",
                        column: x => x.suite_version_id,
                        principalTable: "suite_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "battles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    arena_id = table.Column<Guid>(type: "uuid", nullable: false),
                    voter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slots = table.Column<int[]>(type: "integer[]", nullable: false),
                    samples = table.Column<int[]>(type: "integer[]", nullable: false),
                    branch = table.Column<int>(type: "integer", nullable: false),
                    policy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    uniform_share = table.Column<double>(type: "double precision", nullable: false),
                    probability = table.Column<double>(type: "double precision", nullable: false),
                    probability_error = table.Column<double>(type: "double precision", nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_battles", x => x.id);
                    table.ForeignKey(
                        name: "fk_battles_voters_voter_id",
                        column: x => x.voter_id,
                        principalTable: "voters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_battles_voting_arenas_arena_id",
                        column: x => x.arena_id,
                        principalTable: "voting_arenas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contestants",
                columns: table => new
                {
                    arena_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    entry_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contestants", x => new { x.arena_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_contestants_entry_versions_entry_version_id",
                        column: x => x.entry_version_id,
                        principalTable: "entry_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_contestants_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_contestants_voting_arenas_arena_id",
                        column: x => x.arena_id,
                        principalTable: "voting_arenas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "voting_samples",
                columns: table => new
                {
                    arena_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    gold_best = table.Column<int>(type: "integer", nullable: true),
                    gold_worst = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_voting_samples", x => new { x.arena_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_voting_samples_voting_arenas_arena_id",
                        column: x => x.arena_id,
                        principalTable: "voting_arenas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ballots",
                columns: table => new
                {
                    battle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    arena_id = table.Column<Guid>(type: "uuid", nullable: false),
                    voter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    form = table.Column<int>(type: "integer", nullable: false),
                    ranks = table.Column<short[]>(type: "smallint[]", nullable: false),
                    all_bad = table.Column<bool>(type: "boolean", nullable: false),
                    strength = table.Column<short>(type: "smallint", nullable: true),
                    acceptable = table.Column<short>(type: "smallint", nullable: true),
                    reasons = table.Column<string[]>(type: "text[]", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: true),
                    seconds_spent = table.Column<float>(type: "real", nullable: true),
                    source = table.Column<int>(type: "integer", nullable: false),
                    network_digest = table.Column<byte[]>(type: "bytea", nullable: true),
                    cast_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    eligibility = table.Column<int>(type: "integer", nullable: false),
                    eligibility_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ballots", x => x.battle_id);
                    table.ForeignKey(
                        name: "fk_ballots_battles_battle_id",
                        column: x => x.battle_id,
                        principalTable: "battles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ballots_voters_voter_id",
                        column: x => x.voter_id,
                        principalTable: "voters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ballots_voting_arenas_arena_id",
                        column: x => x.arena_id,
                        principalTable: "voting_arenas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "eligibility_changes",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    battle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    arena_id = table.Column<Guid>(type: "uuid", nullable: false),
                    before = table.Column<int>(type: "integer", nullable: false),
                    reason_before = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    after = table.Column<int>(type: "integer", nullable: false),
                    reason_after = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_eligibility_changes", x => x.sequence);
                    table.ForeignKey(
                        name: "fk_eligibility_changes_ballots_battle_id",
                        column: x => x.battle_id,
                        principalTable: "ballots",
                        principalColumn: "battle_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ballots_arena_sequence",
                table: "ballots",
                columns: new[] { "arena_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ballots_pending",
                table: "ballots",
                columns: new[] { "arena_id", "sequence" },
                filter: "eligibility = 1");

            migrationBuilder.CreateIndex(
                name: "ix_ballots_voter_id_sequence",
                table: "ballots",
                columns: new[] { "voter_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_battles_arena_id",
                table: "battles",
                column: "arena_id");

            migrationBuilder.CreateIndex(
                name: "ix_battles_voter_id",
                table: "battles",
                column: "voter_id");

            migrationBuilder.CreateIndex(
                name: "ix_contestants_arena_id_entry_version_id",
                table: "contestants",
                columns: new[] { "arena_id", "entry_version_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contestants_entry_version_id",
                table: "contestants",
                column: "entry_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_contestants_run_id",
                table: "contestants",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_eligibility_changes_arena_id_sequence",
                table: "eligibility_changes",
                columns: new[] { "arena_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_eligibility_changes_battle_id",
                table: "eligibility_changes",
                column: "battle_id");

            migrationBuilder.CreateIndex(
                name: "ix_personal_tokens_token_hash",
                table: "personal_tokens",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_personal_tokens_user_id",
                table: "personal_tokens",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_voters_key",
                table: "voters",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_voting_arenas_leaderboard_id",
                table: "voting_arenas",
                column: "leaderboard_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_voting_arenas_slug",
                table: "voting_arenas",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_voting_arenas_suite_version_id",
                table: "voting_arenas",
                column: "suite_version_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contestants");

            migrationBuilder.DropTable(
                name: "eligibility_changes");

            migrationBuilder.DropTable(
                name: "network_keys");

            migrationBuilder.DropTable(
                name: "personal_tokens");

            migrationBuilder.DropTable(
                name: "voting_samples");

            migrationBuilder.DropTable(
                name: "ballots");

            migrationBuilder.DropTable(
                name: "battles");

            migrationBuilder.DropTable(
                name: "voters");

            migrationBuilder.DropTable(
                name: "voting_arenas");

            migrationBuilder.DropColumn(
                name: "source",
                table: "leaderboards");
        }
    }
}
