"""An asset per export: a new entry of `storage.exports.EXPORTS` appears by itself."""

import dagster as dg

from pipeline.commands.steps import export
from pipeline.defs.assets import warehouse
from pipeline.defs.resources import Home
from pipeline.defs.show import describe_files
from storage.exports import EXPORTS


def export_asset(name: str) -> dg.AssetsDefinition:
    """The asset of one export; unpartitioned, since a file holds the whole warehouse."""

    @dg.asset(
        name=f"export_{name}",
        group_name="export",
        deps=[warehouse],
        kinds={name},
        description=f"导出：整个数据仓库，{name} 格式 · The whole warehouse as {name}, "
        "with its data dictionary.",
    )
    def exported(home: Home) -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata=describe_files(export(home.places, name)))

    return exported


export_assets = [export_asset(name) for name in EXPORTS]
